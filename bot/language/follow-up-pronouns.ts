import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import type { Entity, Kind, Ref } from '../../skills/kit/model.js'
import { kindAt } from './kind-words.js'
import { callOf, refsIn, type Called, type Speaking } from './follow-up-memory.js'
import { rowWithin } from './follow-up-words.js'

/** A sentence with names in place of the words that only point, and what those names stand for. */
export interface Pointed {
  text: string
  called: Called
  /** Set where what is pointed at was shown by Nexus, and not named by the person. */
  shown: boolean
}

/** Whom or what a word points at. */
type Sort = 'thing' | 'person' | 'several'

const determiners = '(?:this|that|the same|those|these)'
/** "it" and the like; "that" and "this" only where no noun can follow. */
const pointers: readonly { pattern: RegExp; sort: Sort; owns?: true }[] = [
  { pattern: /\bits\b/i, sort: 'thing', owns: true },
  { pattern: /\btheir\b/i, sort: 'several', owns: true },
  { pattern: /\b(?:his|her)\b(?=\s+\w)/i, sort: 'person', owns: true },
  { pattern: /(?<=\bwho(?: is|['’]s|s) )(?:this|that|it)\b/i, sort: 'person' },
  { pattern: /\b(?:this|that|the same) one\b/i, sort: 'thing' },
  { pattern: /\bit\b(?!['’]| is\b| was\b)/i, sort: 'thing' },
  { pattern: /\b(?:him|her|she|he)\b(?!['’])/i, sort: 'person' },
  {
    pattern: /\b(?:them|they|those|these)\b(?=[\s?!.,]*$| (?:now|please|again|depend|run|use|own|break|fail)\b)/i,
    sort: 'several',
  },
  { pattern: /\b(?:this|that)\b(?=[\s?!.,]*$| (?:now|please|again)\b)/i, sort: 'thing' },
]

/** Whether words point at something without naming it; cheap, for nothing is looked up. */
export const pointsSomewhere = (text: string): boolean =>
  pointers.some(({ pattern }) => pattern.test(text)) || new RegExp(`\\b${determiners} \\w+`, 'i').test(text)

/** Puts the names of what is spoken of in place of the words that point at it; undefined where none do, or at nothing. */
export function namePointers(text: string, speaking: Speaking): Pointed | undefined {
  const row = rowWithin(text)
  if (row) {
    const intent = speaking.memory.rows.at(row.at)
    const groups = groupsOf([intent ? refsIn(intent) : []], speaking)
    return put(text, row, groups, true)
  }
  const noun = nounPointer(text, speaking.hearing.kinds ?? builtInKinds)
  if (noun) {
    const { named, found } = subjectsOf(speaking)
    const ofKind = (refs: readonly Ref[]) => refs.filter(({ kind }) => kind === noun.kind)
    return put(text, noun, groupsOf([ofKind(named), ofKind(found)], speaking), !ofKind(named).length)
  }
  for (const { pattern, sort, owns } of pointers) {
    const found = pattern.exec(text)
    if (!found) continue
    const place = { start: found.index, end: found.index + found[0].length }
    const { groups, shown } = meantBy(sort, speaking)
    return put(text, place, groups, shown, owns)
  }
  return undefined
}

/** "that service", "the same team": a pointer with the kind of what it points at. */
function nounPointer(
  text: string,
  kinds: readonly KindDeclaration[],
): { start: number; end: number; kind: Kind } | undefined {
  const found = new RegExp(`\\b${determiners} ([\\w-]+(?: [\\w-]+)?)`, 'i').exec(text)
  if (!found) return undefined
  const [, words = ''] = found
  const meant = kindAt(words.toLowerCase().split(' '), 0, kinds)
  if (!meant) return undefined
  const noun = words.split(' ').slice(0, meant.words).join(' ')
  const end = found.index + found[0].length - words.length + noun.length
  return { start: found.index, end, kind: meant.kind.kind }
}

/** What was named, and what was shown of it. */
function subjectsOf({ memory: { intent, found } }: Speaking): { named: readonly Ref[]; found: readonly Ref[] } {
  return { named: intent ? refsIn(intent) : [], found }
}

function meantBy(sort: Sort, speaking: Speaking): { groups: Called['groups']; shown: boolean } {
  const { named, found } = subjectsOf(speaking)
  const people = (refs: readonly Ref[]) => refs.filter(({ kind }) => kind === 'Person')
  const others = (refs: readonly Ref[]) => refs.filter(({ kind }) => kind !== 'Person')
  const rows = speaking.memory.rows.flatMap((row) => (row ? refsIn(row) : []))
  const choose: Record<Sort, readonly (readonly Ref[])[]> = {
    // What was named comes first; of what was shown beside it, whatever the command takes.
    thing: [others(named), others(found)],
    person: [people(named), people(found), others(named)],
    several: rows.length > 1 ? [rows] : [found, named],
  }
  const shown = sort === 'several' ? rows.length > 1 || found.length > 0 : !choose[sort][0]!.length
  return { groups: groupsOf(choose[sort], speaking), shown }
}

/** Most things that a pointer is taken to mean; more are no question. */
const most = 6

const groupsOf = (groups: readonly (readonly Ref[])[], { thingOf }: Speaking): Called['groups'] =>
  groups.map((refs) =>
    refs
      .slice(0, most)
      .flatMap((ref) => thingOf(ref) ?? [])
      .map((thing: Entity) => ({ ref: { kind: thing.kind, id: thing.id }, name: callOf(thing) })),
  )

function put(
  text: string,
  { start, end }: { start: number; end: number },
  groups: Called['groups'],
  shown: boolean,
  owns?: true,
): Pointed | undefined {
  const words = groups.flat()[0]?.name
  if (words === undefined) return undefined
  const said = `${text.slice(0, start)}${words}${owns ? '’s' : ''}${text.slice(end)}`
  return { text: said, called: { words, groups }, shown }
}
