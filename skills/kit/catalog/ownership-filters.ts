import { kindsBehind } from './asked-kinds.js'
import { everything, type Filter } from './filter.js'
import type { KindDeclaration } from './kind-declaration.js'
import type { Step } from './relation-types.js'

const out = (type: Step['type']): Step => ({ type, direction: 'out' })
const hasOwner: Filter = { step: out('ownedBy'), of: everything }
const runsWhere = (of: Filter): Filter => ({ step: out('runsIn'), of })
const builtWhere = (of: Filter): Filter => ({ step: out('builtFrom'), of })
const partOf = (of: Filter): Filter => ({ step: out('partOf'), deep: true, of })

/** What somebody owns: by its own word, by what it is part of, or by the repository or the environment of either. */
export const owned: Filter = {
  any: [
    hasOwner,
    partOf(hasOwner),
    ...[builtWhere(hasOwner), runsWhere(hasOwner)].flatMap((way) => [way, partOf(way)]),
  ],
}

/** What nobody owns. */
export const unowned: Filter = { not: owned }

/** What several teams are said to own, by one source or another. */
export const disputed: Filter = { step: out('ownedBy'), atLeast: 2, of: everything }

/** Everything that can be owned, of some kinds. */
export function ownableOf(kinds: readonly KindDeclaration[]): Filter {
  const whole = kinds.filter(({ ownable }) => ownable === true).map(({ kind }) => kind)
  const partly = kinds.flatMap(({ kind, ownable }): Filter[] =>
    typeof ownable === 'object' ? [{ all: [{ kinds: [kind] }, ownable] }] : [],
  )
  return partly.length ? { any: [{ kinds: whole }, ...partly] } : { kinds: whole }
}

/**
 * A filter of who owns things as it is asked of one kind: only of those that can be owned, and without the ways to an owner that the kind has not. An API runs in no environment
 * itself, and a filter that asked it for that would be refused.
 */
export function asAskedOf(kind: KindDeclaration, all: readonly KindDeclaration[], ownership: Filter): Filter {
  if ('not' in ownership) {
    const nobodys: Filter = { not: asAskedOf(kind, all, ownership.not) }
    return typeof kind.ownable === 'object' ? { all: [kind.ownable, nobodys] } : nobodys
  }
  if (!('any' in ownership)) return ownership
  const ways = ownership.any.filter((way) => leads(way, [kind], all))
  return ways.length === 1 ? ways[0]! : { any: ways }
}

/** Whether each step of a way leads anywhere from some kinds. */
function leads(way: Filter, from: readonly KindDeclaration[], all: readonly KindDeclaration[]): boolean {
  if (!('step' in way)) return true
  const behind = new Set<KindDeclaration>()
  let ring = kindsBehind(way.step, from, all)
  while (ring.length) {
    for (const kind of ring) behind.add(kind)
    ring = way.deep ? kindsBehind(way.step, ring, all).filter((kind) => !behind.has(kind)) : []
  }
  return behind.size > 0 && leads(way.of, [...behind], all)
}
