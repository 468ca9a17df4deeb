import { plainName } from '../../../../skills/kit/entity-ids.js'
import type { Ref } from '../../../../skills/kit/model.js'
import { fieldsOf, type Fields } from '../../../fields.js'
import type { GatewayService } from './gateway-service.js'

/** One API of one API Management service, in the revision that callers reach. */
export interface PublishedApi {
  /** What it is in the catalog. */
  ref: Ref
  /** Its ARM id in lower case. */
  arm: string
  service: GatewayService
  /** Its name in paths, and as people call it. */
  name: string
  title: string
  /** Where callers reach it, with the version where that is in the address. */
  address: string
  version?: string
  revision?: string
  /** Where the gateway sends calls, as it is written; absent where a policy says it. */
  backendUrl?: string
  needsKey: boolean
  security: string[]
  summary?: string
  form?: string
  license?: string
}

/** Types of APIs that the catalog has a word for; `http` may be any. */
const forms = ['soap', 'graphql', 'websocket', 'grpc']
/** Characters of an API's description that are kept. */
const longestSummary = 600

/**
 * Reads a row of "Apis - List By Service". Pure, and throws nothing whatever the row.
 * @param bySegment whether the versions of a version set, by its ARM id in lower case, are parts of the address; else callers name them elsewhere
 * @returns undefined for a revision that callers do not reach, and for what is no API
 */
export function readPublishedApi(
  raw: unknown,
  service: GatewayService,
  bySegment: (set: string) => boolean,
): PublishedApi | undefined {
  const row = fieldsOf(raw)
  const properties = row.object('properties')
  const [name, path] = [row.text('name'), properties.text('path', 400) ?? '']
  if (!name || /;rev=\d+$/i.test(name) || properties.text('isCurrent') === 'false') return undefined
  const title = properties.text('displayName') ?? name
  const version = properties.text('apiVersion')
  const inAddress = version !== undefined && bySegment(properties.text('apiVersionSetId', 2_049)?.toLowerCase() ?? '')
  const [revision, backendUrl] = [properties.text('apiRevision'), properties.text('serviceUrl', 2_000)]
  const summary = properties.text('description', longestSummary)
  const license = properties.object('license').text('name')
  const form = properties.text('type')?.toLowerCase()
  const needsKey = properties.text('subscriptionRequired') !== 'false'
  return {
    ref: { kind: 'Api', id: idOf(name, title, version) },
    arm: `${service.id}/apis/${name.toLowerCase()}`,
    ...{ service, name, title, needsKey },
    address: [service.address, path, inAddress && version].filter(Boolean).join('/').replace(/\/+$/, ''),
    security: securityOf(properties.object('authenticationSettings')),
    ...(version && { version }),
    ...(revision && { revision }),
    ...(backendUrl && { backendUrl }),
    ...(summary && { summary }),
    ...(form && forms.includes(form) && { form }),
    ...(license && { license }),
  }
}

/**
 * What an API is called in the catalog: as files declare it, so that what is published and what is declared are one. The versions of an
 * API are one, as are the APIs of a name in several services, which are its stages; a name that Azure made up says less than its title.
 */
function idOf(name: string, title: string, version: string | undefined): string {
  const isMade = /^([0-9a-f]{24}|[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(name)
  const plain = plainName(isMade ? title : name)
  const ending = version === undefined ? '' : `-${plainName(version)}`
  const whole = ending.length > 1 && plain.endsWith(ending) ? plain.slice(0, -ending.length) : plain
  return whole || plain || plainName(name) || name.toLowerCase()
}

/** How a caller says who it is, in the words of the files that declare APIs; a subscription's key is said by `needsKey`. */
function securityOf(settings: Fields): string[] {
  const has = (one: string, several: string) => settings.object(one).names().length || settings.objects(several).length
  return [
    ...(has('oAuth2', 'oAuth2AuthenticationSettings') ? ['oauth2'] : []),
    ...(has('openid', 'openidAuthenticationSettings') ? ['openIdConnect'] : []),
  ]
}
