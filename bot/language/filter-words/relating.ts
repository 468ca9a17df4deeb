import { kindsBehind } from '../../../skills/kit/catalog/asked-kinds.js'
import { everything, type Filter } from '../../../skills/kit/catalog/filter.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import { asAskedOf, unowned } from '../../../skills/kit/catalog/ownership-filters.js'
import type { Step } from '../../../skills/kit/catalog/relation-types.js'
import { kindsOf, negated, phraseAt, standsAt, type Asking, type Part } from './asking.js'
import { counting, type Nested } from './having.js'
import { quantityAt } from './quantities.js'
import { belongings, stepBetween, verbs } from './steps.js'
import { namedAt } from './targets.js'

/** What may stand between nobody and the verb. */
const auxiliaries = new Set(['has', 'have', 'is', 'was', 'ever', 'had', 'does', 'did'])
/** What stands for none. */
export const nobody = new Set(['nobody', 'noone', 'nothing', 'no-one'])
const somebody = new Set([
  'anyone',
  'anybody',
  'anything',
  'someone',
  'somebody',
  'something',
  'everything',
  'everyone',
])

/** "nobody owns", "nothing depends on", "nobody tagged": what stands against the verb's way is none. */
export function byNobodyAt(asking: Asking, at: number, kind: KindDeclaration): Part | undefined {
  const { words, kinds } = asking
  const start = auxiliaries.has(words[at] ?? '') ? at + 1 : at
  if (words[start] === 'tagged' && kind.properties.tags)
    return { filter: { property: 'tags', missing: true }, next: start + 1 }
  if (words[start] === 'reviewed' || words[start] === 'reviews')
    return (
      kind.relations.reviewBy && { filter: { not: { step: stepOut('reviewBy'), of: everything } }, next: start + 1 }
    )
  const verb = phraseAt(words, start, verbs)
  if (!verb) return undefined
  const step: Step = { type: verb.means.type, direction: verb.means.direction === 'out' ? 'in' : 'out' }
  if (!kindsBehind(step, [kind], kinds).length) return undefined
  const filter: Filter = step.type === 'ownedBy' ? asAskedOf(kind, kinds, unowned) : { not: { step, of: everything } }
  return { filter, next: verb.next }
}

/** A verb and whom or what it leads to: "depend on payments-db", "owned by atlas or payments", "used by services of atlas". */
export function verbAt(
  asking: Asking,
  at: number,
  kind: KindDeclaration,
  nested: Nested,
  placed: Nested,
): Part | undefined {
  const { words, kinds } = asking
  const verb = phraseAt(words, at, verbs)
  if (!verb) return undefined
  const { means: step, next } = verb
  if (step.type === 'runsIn') return placed(next)
  const targets = kindsBehind(step, [kind], kinds)
  if (!targets.length) return undefined
  const word = words[next] ?? ''
  if (nobody.has(word) || somebody.has(word)) {
    const filter: Filter = step.type === 'ownedBy' ? negated(asAskedOf(kind, kinds, unowned)) : { step, of: everything }
    return { filter: nobody.has(word) ? negated(filter) : filter, next: next + 1 }
  }
  const quantity = quantityAt(words, next)
  if (quantity) {
    const counted = nested(quantity.next)
    const filter =
      counted && isOf(counted.filter, targets) ? counting({ step, of: counted.filter }, quantity) : undefined
    return filter && { filter, next: counted!.next }
  }
  const named = namedAt(
    asking,
    next,
    targets.map((one) => one.kind),
  )
  if (named) return { filter: { step, of: named.filter }, next: named.next }
  const part = nested(next)
  return part && isOf(part.filter, targets) ? { filter: { step, of: part.filter }, next: part.next } : undefined
}

/** What is said of owners behind their names. */
const owning = new Set(['owns', 'own', 'has', 'have', 'runs', 'run', 'maintains', 'maintain'])

/** "atlas owns" */
export function ownedByNameAt(asking: Asking, at: number, kind: KindDeclaration): Part | undefined {
  const { words } = asking
  const own = ['i own', 'we own', 'my team owns'].find((said) => standsAt(words, at, said))
  if (own && kind.relations.ownedBy) {
    const named = namedAt({ ...asking, words: own === 'i own' ? ['me'] : ['my', 'team'] }, 0, kind.relations.ownedBy)
    return named && { filter: { step: stepOut('ownedBy'), of: named.filter }, next: at + own.split(' ').length }
  }
  // A name is looked for only where it can be said to own something, because that costs most.
  const isOwning = words.some((word, place) => place > at && owning.has(word))
  const named = isOwning && kind.relations.ownedBy && namedAt(asking, at, kind.relations.ownedBy)
  return named && owning.has(words[named.next] ?? '')
    ? { filter: { step: stepOut('ownedBy'), of: named.filter }, next: named.next + 1 }
    : undefined
}

/** Things of another kind that it belongs to: "of services owned by atlas". */
export function behindAt(asking: Asking, at: number, kind: KindDeclaration, nested: Nested): Part | undefined {
  const { kinds } = asking
  const part = nested(at)
  const target = part && kindsOf(part.filter)[0]
  const type = belongings.find((one) => target !== undefined && kind.relations[one]?.includes(target))
  const to = kinds.find((one) => one.kind === target)
  const step = type ? stepOut(type) : to && stepBetween(kind, to, kinds)
  return part && step ? { filter: { step, of: part.filter }, next: part.next } : undefined
}

/** A thing by its name that it belongs to: "of atlas", "payments" of "payments databases". */
export function belongingAt(asking: Asking, at: number, kind: KindDeclaration): Part | undefined {
  const found = belongings
    .flatMap((type) => {
      const named = namedAt(asking, at, kind.relations[type] ?? [])
      return named ? [{ ...named, filter: { step: stepOut(type), of: named.filter } as Filter }] : []
    })
    .sort((a, b) => b.next - a.next || closeness(b) - closeness(a))
  return found[0] && { filter: found[0].filter, next: found[0].next }
}

const stepOut = (type: Step['type']): Step => ({ type, direction: 'out' })

/** An alias is as good as a name where a likelier relation has it. */
const closeness = ({ certainty }: { certainty: number }): number => Math.round(certainty * 20)

const isOf = (filter: Filter, targets: readonly KindDeclaration[]): boolean =>
  kindsOf(filter).some((kind) => targets.some((one) => one.kind === kind))
