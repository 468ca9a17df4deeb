import type { Filter } from '../../skills/kit/catalog/filter.js'
import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import { printFilter } from '../../skills/kit/catalog/print-filter.js'
import { readFilter } from '../../skills/kit/catalog/read-filter.js'
import { Fault } from '../../skills/kit/errors.js'
import type { AskedOf } from './read-filter-words.js'
import { readQuestion } from './read-question.js'

/**
 * A question for things of the catalog with what is said anew of them: "and in staging" takes the place of another environment, "without
 * owner" is added.
 * @param before the filter's text form
 * @returns the new one; undefined where the words say nothing of things of its kind
 */
export function narrowed(before: string, words: string, of: AskedOf): string | undefined {
  const { kinds } = of
  const old = conditionsOf(before, kinds)
  const named = old?.find((one): one is Extract<Filter, { kinds: unknown }> => 'kinds' in one)?.kinds
  const [only, ...others] = named ?? []
  const plural = kinds.find((one) => one.kind === only)?.plural
  if (!old || plural === undefined || others.length) return undefined
  const said = words
    .replace(/^(?:(?:only|just) )?(?:those|these|the ones|of (?:them|those)|which of (?:them|those))\s*/, '')
    .replace(/^(?:(?:only|just) )?(?:the )?(.+) ones?$/, '$1')
  for (const question of [`${plural} ${said}`, `${plural} in ${said}`, `${said} ${plural}`, said]) {
    const text = readQuestion(question.toLowerCase(), of)
    const fresh = text === undefined ? undefined : conditionsOf(text, kinds)
    const added = fresh?.filter((one) => !('kinds' in one)) ?? []
    const sameKind = fresh?.some((one) => 'kinds' in one && one.kinds.length === 1 && one.kinds[0] === only)
    if (!sameKind || !added.length) continue
    const kept = old.filter((one) => !added.some((other) => subjectOf(other) === subjectOf(one)))
    return printFilter({ all: [...kept, ...added] })
  }
  return undefined
}

/** What all of a filter says, one by one; undefined where it cannot be read any more. */
function conditionsOf(text: string, kinds: readonly KindDeclaration[]): readonly Filter[] | undefined {
  try {
    const filter = readFilter(text, kinds)
    return 'all' in filter ? filter.all : [filter]
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

/** What a condition is about: a newer one about the same takes its place. */
function subjectOf(filter: Filter): string {
  if ('not' in filter) return subjectOf(filter.not)
  if ('property' in filter) return filter.property
  if ('step' in filter) return JSON.stringify(filter.step)
  return JSON.stringify(filter)
}
