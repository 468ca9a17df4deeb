import { editDistance } from '../../../skills/kit/edit-distance.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import { regions } from '../../../skills/kit/azure-regions.js'
import { kindWords } from '../kind-words.js'
import type { NameIndex } from '../name-index.js'
import { askable } from './asking.js'
import { stepNouns, verbs } from './steps.js'

/** A word is mended from this length on: shorter ones are near to too much. */
const leastMended = 5

/** Words that questions are made of, beside those that the kinds declare. */
const joining =
  'without with which that have missing lacking owned owner owners unowned older younger since between production staging development nobody nothing tagged untagged backed critical everything anything more less than over under'.split(
    ' ',
  )

const learnt = new WeakMap<readonly KindDeclaration[], ReadonlySet<string>>()

/** Every word that a question for things of some kinds may have in it, names apart. */
function vocabularyOf(kinds: readonly KindDeclaration[]): ReadonlySet<string> {
  const known = learnt.get(kinds)
  if (known) return known
  const properties = kinds.flatMap((kind) =>
    askable(kind).flatMap(([name, { title, says = [], values = [] }]) => [name, title, ...says, ...values]),
  )
  const said = [...regions, ...kindWords(kinds).keys(), ...properties, ...verbs.keys(), ...stepNouns.keys(), ...joining]
  const words = new Set(said.flatMap((words) => words.toLowerCase().split(/[^a-z0-9-]+/)))
  learnt.set(kinds, words)
  return words
}

/** The words with slips in those that a question is made of mended: "resoruces wihtout owner". Names stay as they are. */
export const mendWords = (words: readonly string[], kinds: readonly KindDeclaration[], names: NameIndex): string[] =>
  words.map((word) => {
    if (word.length < leastMended || !/^[a-z]+$/.test(word)) return word
    const meant = meantBy(word, kinds)
    return meant === word || names.knows(word) ? word : meant
  })

/** Words as they were mended before; people use few. */
const mended = new WeakMap<readonly KindDeclaration[], Map<string, string>>()
const mostMended = 5_000

function meantBy(word: string, kinds: readonly KindDeclaration[]): string {
  const known = mended.get(kinds) ?? new Map<string, string>()
  mended.set(kinds, known)
  const before = known.get(word)
  if (before !== undefined) return before
  if (known.size >= mostMended) known.clear()
  const meant = nearest(word, vocabularyOf(kinds))
  known.set(word, meant)
  return meant
}

function nearest(word: string, vocabulary: ReadonlySet<string>): string {
  if (vocabulary.has(word)) return word
  const near = [...vocabulary].filter(
    (other) => other.length >= leastMended && other[0] === word[0] && editDistance(word, other, 1) === 1,
  )
  // Of several the one with the same letters, because letters are swapped more often than they are wrong.
  return near.find((other) => sorted(other) === sorted(word)) ?? onlyForm(near) ?? word
}

const sorted = (word: string): string => [...word].sort().join('')

/** The one word that is near; forms of one are as good as each other: "service" and "services". */
const onlyForm = (near: readonly string[]): string | undefined =>
  near.length > 0 && near.every((one) => one.startsWith(near[0]!.slice(0, -1))) ? near[0] : undefined
