import type { Ref } from '../../skills/kit/model.js'
import { glue } from './glue-words.js'
import { addressees, closings, greetings } from './letter-words.js'
import type { NameIndex } from './name-index.js'
import { asItIs } from './spot-names.js'

// People write to Nexus as they write mails: a greeting above, a name below. Neither is asked for, so both are gone before anything is read.

/** What is known besides the words of a letter. */
export interface Signing {
  names: NameIndex
  /** Who sends it. */
  speaker: Ref
  /** Whether a word has a meaning in what people ask; it is no name of somebody unknown. */
  isWord(word: string): boolean
}

/** What a letter says. */
export interface Letter {
  /** The text with spaces in the places of greeting and signature, so that offsets stay true. */
  text: string
  /** Somebody else of the catalog signed it: it is passed on. */
  isPassedOn: boolean
}

/** A signature, or a part of one. */
interface Signature {
  from: number
  isOthers: boolean
}

/** A line of a text, its ends without spaces. */
interface Line {
  said: string
  start: number
}

/**
 * Takes a text without the greeting that it begins with, the subject that it repeats, and the signature that it ends with; as it is where it has nothing
 * else. A greeting in the line of what is said is one of its clauses.
 */
export function openLetter(text: string, known: Signing): Letter {
  const [greeted = ''] = greeting.exec(text) ?? [repeatedSubject(text)]
  const signature = signatureOf(text, greeted.length, known)
  const begin = signature || greeted.includes('\n') ? greeted.length : 0
  const said = text.slice(begin, signature?.from).trimEnd()
  if (!/[\p{L}\p{N}]/u.test(said)) return { text, isPassedOn: false }
  return {
    text: `${' '.repeat(begin)}${said}${' '.repeat(text.length - begin - said.length)}`,
    isPassedOn: signature?.isOthers ?? false,
  }
}

const anyOf = (phrases: readonly string[]): string => `(?:${phrases.join('|').replaceAll(' ', '[ \\t]+')})`

/** Greeted is Nexus, or everybody: who greets somebody by name writes to them. */
const greeting = new RegExp(
  `^\\s*${anyOf(greetings)}(?:[ \\t]+${anyOf(addressees)})*[ \\t]*(?:[,!.…–—-]+(?=\\s)|(?=[\\r\\n]))\\s*`,
  'iu',
)
const closing = new RegExp(`^[-–—\\s]*${anyOf(closings)}(?:[\\s,.!–—-]+|$)`, 'iu')
/** What an answer to a mail is about. */
const subject = /^\s*(?:(?:re|aw):[ \t]*)+([^\r\n]+)\s*\n\s*/i

/** The subject of a mail all of whose words stand below it too. */
function repeatedSubject(text: string): string {
  const [line = '', about = ''] = subject.exec(text) ?? []
  const below = text.slice(line.length).toLowerCase()
  return about
    .toLowerCase()
    .split(/\s+/)
    .every((word) => below.includes(word))
    ? line
    : ''
}

/** What programs and telephones write below a mail, and the line that some draw above their names. */
const ofDevice = /^(?:sent|written|typed) (?:from|with|via) (?:my|an?|outlook|mobile|mail)\b|^get outlook for\b|^--+$/i
/** "Ruth", "R. Hall", "Ruth Hall-Weber"; a dash may stand before it. */
const nameLike = /^[-–—/\s]*(\p{Lu}[\p{L}'’-]*\.?(?: \p{Lu}[\p{L}'’-]*\.?){0,2})$/u
/** Behind a comma a name need not be written as one: "thanks, ruth". */
const looseName = /^(\p{L}[\p{L}'’-]*\.?(?: \p{L}[\p{L}'’-]*\.?){0,2})$/u
const sentenceEnd = /[.!?…]["”’)]*$/u
/** Faces behind words. */
const faces = /(?:\s*(?:[:;]-?[)D]|\p{Extended_Pictographic}\uFE0F?))+$/u

/** Most lines of a signature. */
const mostLines = 4

/** The signature that a text ends with. */
function signatureOf(text: string, begin: number, known: Signing): Signature | undefined {
  const lines = linesOf(text, begin)
  let found: Signature | undefined
  for (let at = lines.length - 1; at > 0 && lines.length - at <= mostLines; at--) {
    const { said, start } = lines[at]!
    const above = lines[at - 1]!
    const isApart = /\n\s*\n/.test(text.slice(above.start, start))
    const closed = closes(said, known)
    const signed = closed ?? (mayBeSigned(above, isApart, begin > 0, known) ? signer(said, nameLike, known) : undefined)
    if (!signed && !ofDevice.test(said)) break
    found = { from: start, isOthers: (found?.isOthers ?? false) || signed === 'other' }
  }
  return found ?? closedInLine(lines.at(-1), known)
}

/** The lines of a text from an offset on that have words. */
const linesOf = (text: string, begin: number): Line[] =>
  [...text.slice(begin).matchAll(/[^\r\n]+/g)].flatMap(({ 0: line, index }) =>
    /[\p{L}\p{N}-]/u.test(line)
      ? [{ said: line.trim().replace(faces, ''), start: begin + index + line.search(/\S/) }]
      : [],
  )

/** Who a name is of: a known person, which may be who writes, or somebody whom nobody knows. */
type Signer = 'writer' | 'other' | 'unknown'

/** Whose name words are; undefined where they are none, or a thing's. */
function signer(words: string, form: RegExp, { names, speaker, isWord }: Signing): Signer | undefined {
  const [, name] = form.exec(words) ?? []
  if (name === undefined) return undefined
  const people = names.knows(name) ? names.find(name, ['Person']).filter(({ certainty }) => certainty >= asItIs) : []
  if (people.length) return people.some(({ ref }) => ref.id === speaker.id) ? 'writer' : 'other'
  const parts = name
    .toLowerCase()
    .split(' ')
    .filter((part) => !/^\p{L}\.?$/u.test(part))
  return names.knows(name) || parts.some((part) => glue.has(part) || isWord(part) || names.knows(part))
    ? undefined
    : 'unknown'
}

/** Whether a line closes a letter: "Regards", "Thank you, Ruth". */
function closes(said: string, known: Signing): Signer | undefined {
  const [words] = closing.exec(said) ?? []
  if (words === undefined) return undefined
  const rest = said.slice(words.length)
  return rest ? signer(rest, /[,.!–—-]\s*$/.test(words) ? looseName : nameLike, known) : 'unknown'
}

/** Whether a name may stand below a line: what is asked ends there. */
const mayBeSigned = ({ said }: Line, isApart: boolean, isGreeted: boolean, known: Signing): boolean =>
  sentenceEnd.test(said) || (isApart && isGreeted && !/[:,]$/.test(said)) || closes(said, known) !== undefined

/** "Who owns checkout? Thanks, Ruth" closes behind its sentence. */
function closedInLine(line: Line | undefined, known: Signing): Signature | undefined {
  const ends = [...(line?.said.matchAll(/[.!?…]\s+/gu) ?? [])].slice(-mostLines)
  for (const { index, 0: end } of ends) {
    const closed = closes(line!.said.slice(index + end.length), known)
    if (closed) return { from: line!.start + index + end.length, isOthers: closed === 'other' }
  }
  return undefined
}
