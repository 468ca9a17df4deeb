import type { VendorResponse } from '../frame/router.js'
import { restartSite } from './effects/sites.js'
import { isJson, objectAt } from './json.js'
import type { Json } from './json.js'
import { invalidContent, methodNotAllowed, noSuchUri, resourceNotFound } from './refusals.js'
import { bodyOf } from './request-context.js'
import type { ArmRequest } from './request-context.js'
import { parentId, typeAndNames } from './resource-path.js'
import type { ResourcePath } from './resource-path.js'
import type { StoredResource } from './state.js'

/** Kinds of a site's configuration: those that hold secrets are read by `POST …/list` only. */
const kinds: Record<string, { name: string; secret: boolean }> = {
  appsettings: { name: 'appsettings', secret: true },
  connectionstrings: { name: 'connectionstrings', secret: true },
  metadata: { name: 'metadata', secret: true },
  slotconfignames: { name: 'slotConfigNames', secret: false },
  logs: { name: 'logs', secret: false },
  web: { name: 'web', secret: false },
}

function valuesOf(stored: StoredResource, name: string): Json {
  return name === 'web' ? objectAt(stored.resource.properties, 'siteConfig') : objectAt(stored.hidden, name)
}

/** Writes a whole kind: what the body leaves out is gone. Settings are texts, and a change of them restarts the site. */
function replace(arm: ArmRequest, stored: StoredResource, name: string, merge: boolean): void {
  const given = bodyOf(arm)['properties']
  if (!isJson(given)) throw invalidContent("Required property 'properties' not found in JSON. Path ''.")
  if (name === 'appsettings') {
    const wrong = Object.entries(given).find(([, value]) => typeof value !== 'string')
    if (wrong) throw invalidContent(`The value of application setting '${wrong[0]}' is not a string.`)
  }
  const { store, caller } = arm
  const operation = `${stored.resource.type}/config/write`
  store.write(stored, caller, operation, () => {
    const value = merge ? { ...valuesOf(stored, name), ...given } : structuredClone(given)
    if (name === 'web') stored.resource.properties['siteConfig'] = value
    else stored.hidden[name] = value
    restartSite(stored, store.now())
  })
  store.recordActivity({ resourceId: stored.resource.id, operation, status: 'Succeeded', statusCode: 'OK', caller })
}

/** Answers `…/sites/{site}/config/{kind}` and `…/slots/{slot}/config/{kind}`. */
export function siteConfig(arm: ArmRequest, path: ResourcePath): VendorResponse {
  const stored = arm.store.find(parentId(path) ?? '')
  const kind = kinds[(path.names.at(-1) ?? '').toLowerCase()]
  if (!stored) throw resourceNotFound(typeAndNames({ ...path, type: path.type.replace(/\/config$/i, '') }), path.group)
  if (!kind) throw resourceNotFound(typeAndNames(path), path.group)
  const { method } = arm.request
  const list = path.action?.toLowerCase() === 'list'
  if (path.action && !list) throw noSuchUri(arm.request.url.pathname)
  if (method === 'GET' ? kind.secret || list : method === 'POST' ? !kind.secret || !list : list)
    throw methodNotAllowed(method)
  if (method === 'PUT') replace(arm, stored, kind.name, false)
  else if (method === 'PATCH' && kind.name === 'web') replace(arm, stored, kind.name, true)
  else if (method !== 'GET' && method !== 'POST') throw methodNotAllowed(method)
  const properties = valuesOf(stored, kind.name)
  const type = `${stored.resource.type}/config`
  return { status: 200, body: { id: path.id, name: kind.name, type, location: stored.resource.location, properties } }
}
