import type { Filter } from './filter.js'
import type { Step } from './relation-types.js'
import type { Ref } from '../model.js'

const out = (type: Step['type']): Step => ({ type, direction: 'out' })

/**
 * What belongs to a thing: itself, its parts to any depth, and of a team what it owns with their parts. Its deployments, runs and incidents
 * belong to it too, by what they are about.
 */
export function scopeFilter({ kind, id }: Ref): Filter {
  const itself: Filter = { all: [{ kinds: [kind] }, { property: 'id', is: '=', value: id }] }
  const own: Filter = kind === 'Team' ? { any: [itself, { step: out('ownedBy'), of: itself }] } : itself
  const whole: Filter = { any: [own, { step: out('partOf'), deep: true, of: own }] }
  return { any: [whole, ...(['deploys', 'runOf', 'affects'] as const).map((type) => ({ step: out(type), of: whole }))] }
}
