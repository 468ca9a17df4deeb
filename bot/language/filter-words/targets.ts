import type { Filter } from '../../../skills/kit/catalog/filter.js'
import type { Kind, Ref } from '../../../skills/kit/model.js'
import { standsAt, wordsAt, type Asking, type Part } from './asking.js'

/** A name is taken without asking where it is this sure. */
const sure = 0.9
/** Most words of a name. */
const widest = 5

/** Things that were named, and how sure that is. */
type Named = Part & { certainty: number }

/** Things by their names: "atlas", "atlas or payments", "me", "my team". */
export function namedAt(asking: Asking, at: number, kinds: readonly Kind[]): Named | undefined {
  const own = ownAt(asking, at, kinds)
  if (own) return { ...own, certainty: 1 }
  const refs: Ref[] = []
  let [next, certainty] = [at, 1]
  for (let from = at; ; from++) {
    const found = nameAt(asking, from, kinds)
    if (!found) break
    refs.push(found.ref)
    next = found.next
    certainty = Math.min(certainty, found.certainty)
    // "atlas or payments", "atlas, payments and data".
    if (!['or', 'and'].includes(asking.words[next] ?? '')) break
    from = next
  }
  return refs.length ? { filter: isOneOf(refs), next, certainty } : undefined
}

function nameAt({ words, names }: Asking, at: number, kinds: readonly Kind[]) {
  for (let width = Math.min(widest, words.length - at); width > 0; width--) {
    const [found, other] = names.find(wordsAt(words, at, width)!, kinds)
    if (!found || found.certainty < sure || !found.wordForWord || (other && other.certainty >= found.certainty))
      continue
    return { ref: found.ref, next: at + width, certainty: found.certainty }
  }
  return undefined
}

function ownAt({ words, speaker, teams = [] }: Asking, at: number, kinds: readonly Kind[]): Part | undefined {
  const team = ['my team', 'our team', 'us', 'my teams'].find((said) => standsAt(words, at, said))
  if (team && teams.length && kinds.includes('Team'))
    return { filter: isOneOf(teams), next: at + team.split(' ').length }
  return speaker && kinds.includes(speaker.kind) && ['me', 'myself'].includes(words[at] ?? '')
    ? { filter: isOneOf([speaker]), next: at + 1 }
    : undefined
}

/** Things by their ids, those of a kind together. */
export function isOneOf(refs: readonly Ref[]): Filter {
  const filters = [...new Set(refs.map(({ kind }) => kind))].map((kind): Filter => {
    const ids = [...new Set(refs.filter((ref) => ref.kind === kind).map(({ id }) => id))]
    return {
      all: [
        { kinds: [kind] },
        ids.length === 1 ? { property: 'id', is: '=', value: ids[0]! } : { property: 'id', in: ids },
      ],
    }
  })
  return filters.length === 1 ? filters[0]! : { any: filters }
}
