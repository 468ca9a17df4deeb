import type { StoredResource } from '../state.js'
import type { EffectContext, Effects } from './effect.js'

/**
 * A release makes a revision the one that callers reach: it changes places with the one that was, with what stands below either
 * (learn.microsoft.com, "Revisions in Azure API Management").
 */
function release({ store, stored, caller, operation }: EffectContext): void {
  const [, api = '', number] = /^(.*\/apis\/[^/;]+);rev=(\d+)$/i.exec(String(stored.resource.properties['apiId'])) ?? []
  const [current, next] = [store.find(api), store.find(`${api};rev=${number}`)]
  if (!current || !next) return
  const old = `${api};rev=${String(current.resource.properties['apiRevision'])}`
  const before = structuredClone(current.resource.properties)
  const operationsBelow = (id: string): StoredResource[] =>
    store.below(id).filter(({ resource }) => resource.type.endsWith('/apis/operations'))
  const mine = structuredClone(operationsBelow(current.resource.id))
  const theirs = structuredClone(operationsBelow(next.resource.id))
  const later = structuredClone(next)
  store.remove(next, caller, operation)
  for (const one of operationsBelow(current.resource.id)) store.remove(one, caller, operation)
  store.write(current, caller, operation, () => {
    current.resource.properties = { ...later.resource.properties, isCurrent: true }
  })
  const place = (one: StoredResource, from: string, to: string) => {
    one.resource.id = `${to}${one.resource.id.slice(from.length)}`
    store.add(one, caller, operation)
  }
  const kept = structuredClone(later)
  kept.resource.properties = { ...before, isCurrent: false }
  kept.resource.name = old.split('/').at(-1)!
  place(kept, later.resource.id, old)
  for (const one of mine) place(one, current.resource.id, old)
  for (const one of theirs) place(one, later.resource.id, current.resource.id)
}

export const apiReleaseEffects: Effects = {
  'microsoft.apimanagement/service/apis/releases#put': { finish: release },
}
