import { tokensOf } from '../tokens.js'

/** Signs by the words that they stand for, the longer ones first. */
const signs: readonly (readonly [RegExp, string])[] = [
  [/>=|≥/g, ' at least '],
  [/<=|≤/g, ' at most '],
  [/!=|≠/g, ' is not '],
  [/>/g, ' more than '],
  [/</g, ' less than '],
  [/=/g, ' is '],
  [/(?<=\d),(?=\d{3}\b)/g, ''],
  [/[,;]/g, ' and '],
]

/** What people write for words of a question, in lower case. */
const short: readonly (readonly [RegExp, string])[] = [
  [/\bw\/o\b/g, 'without'],
  [/\bw\/(?=\s|$)|(?<=\s)w(?=\s)/g, 'with'],
  [/\bsvcs?\b/g, 'services'],
  [/\bincs?\b(?!-)/g, 'incidents'],
  [/\bwis?\b(?!-)/g, 'work items'],
  [/\b(sev ?[0-4])s\b/g, '$1 incidents'],
  [/\bkey ?va(?:ul|lu|u)ts?\b|\bkeyvu?al?ts?\b/g, 'key vaults'],
  [/\bmanaged (?=disks?\b)/g, ''],
  [/\bdata ?bas(?:e|es|is)\b/g, 'databases'],
  [/\b(type|java) script\b/g, '$1script'],
  [/\b(?:written|made|built|done|coded) (?:with|in) (?=[a-z+#]+$)/g, 'written in '],
  [/\b(?:documented|written|working|proper) (?=(?:runbook|playbook)s?\b)/g, ''],
  [/\b(?:keep(?:s|ing)?|retain(?:s|ing)?) (?:their |its )?backups?(?: for)?\b/g, 'with retention'],

  [/\b(?:of ours|of mine)\b/g, ''],
  [/\b(?:directly|direct|just|only)\b/g, ''],
  [/\bwe call\b/g, 'are'],
  [/\b(cost(?:s|ing)?) us\b/g, '$1'],
  [/\b(?:still )?allow(?:ing|s)?\b/g, 'with'],
  // What something costs is its cost of this month.
  [/(?<=\d ?k? ?(?:eur|euros?|€)?) ?(?:\/ ?|per |a |this )month\b/g, ' '],
]

/** What only opens a question about things. */
const openings = new Set(['which', 'what', 'all', 'any', 'every', 'our', 'those', 'these', 'of', 'me', 'us'])
/** What only says that there are some. */
const endings = [
  'do we have',
  'have we',
  'that we have',
  'we have',
  'we own',
  'do we own',
  'are there',
  'there are',
  'do i have',
  'at all',
  'at us',
].map((words) => words.split(' '))

/** Whom things are listed for is not whose they are; "waiting for me" is. */
const listedFor = /(?<!(?:ing|ed)) for (?:me|us)$/

/** The words of a question about things, signs and contractions spelt out, without what only opens it. */
export function questionWords(text: string): string[] {
  const spelt = short.reduce(
    (said, [form, words]) => said.replace(form, words),
    text.toLowerCase().trim().replace(listedFor, ''),
  )
  const plain = signs.reduce((said, [sign, words]) => said.replace(sign, words), spelt)
  const words = tokensOf(plain).flatMap(({ word }) => (/[a-z]n't$/.test(word) ? [word.slice(0, -3), 'not'] : [word]))
  const first = words.findIndex((word) => !openings.has(word))
  const opened = first < 0 ? [] : words.slice(first)
  const ending = endings.find(
    (said) => said.length < opened.length && said.every((word, at) => opened.at(at - said.length) === word),
  )
  return ending ? opened.slice(0, -ending.length) : opened
}
