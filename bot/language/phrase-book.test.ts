import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { entity, optional, text } from '../../skills/kit/arguments.js'
import { PhraseBook } from './phrase-book.js'
import { compilePhrases, matchPhrase } from './phrases.js'
import { tokensOf } from './tokens.js'

const args = { target: entity(['Service'], 'what'), reason: optional(text('why')) }
const says = [
  "who's on call for {target}",
  'on call {target}',
  '{target} rota',
  'restart {target}',
  'restart {target} because {reason}',
  'what depends on {target}',
  'dependents of {target}',
  '{target}',
  'help',
]
const phrases = compilePhrases('sample', says, args)
const book = new PhraseBook(phrases)

const letters = 'abcdehlnorst'.split('')
/** Words of phrases, other words, and words with a letter more, less, changed or swapped with its neighbour. */
const said = fc
  .tuple(
    fc.constantFrom(
      ...says.flatMap((one) => one.split(' ')).map((one) => one.replace(/[{}]/g, '')),
      'auth',
      'checkout',
    ),
    fc.constantFrom('as it is', 'more', 'less', 'changed', 'swapped'),
    fc.nat(),
    fc.constantFrom(...letters),
  )
  .map(([one, how, at, letter]) => {
    const place = at % one.length
    const [before, after] = [one.slice(0, place), one.slice(place + 1)]
    if (how === 'more') return before + letter + one.slice(place)
    if (how === 'less') return before + after
    if (how === 'changed') return before + letter + after
    return how === 'swapped' && after ? before + after[0]! + one[place]! + after.slice(1) : one
  })
/** What people say: an example with words of it spoilt, or any words. */
const texts = fc.oneof(
  fc.array(said, { maxLength: 7 }).map((words) => words.join(' ')),
  fc.tuple(fc.constantFrom(...says), said, said).map(([one, value, spoilt]) => {
    const words = one.replace(/\{\w+\}/g, value).split(' ')
    return [...words.slice(0, -1), spoilt, words.at(-1)!].join(' ')
  }),
)

test('what is looked up by words is what is found by holding every phrase against the text, in the same order', () => {
  let some = 0
  fc.assert(
    fc.property(texts, (text) => {
      const tokens = tokensOf(text)
      const every = phrases.flatMap((phrase) => matchPhrase(phrase, tokens))
      expect(book.mayFit(tokens).flatMap((phrase) => matchPhrase(phrase, tokens))).toEqual(every)
      if (every.length > 1) some++
    }),
    { numRuns: 2_000 },
  )
  expect(some).toBeGreaterThan(200)
})

test('a phrase none of whose words were said is not looked at', () => {
  const commands = book
    .mayFit(tokensOf('restart checkout'))
    .map(({ pieces }) => pieces.map((one) => Object.values(one)[0]).join(' '))
  expect(commands).toEqual(expect.arrayContaining(['restart target', 'target']))
  expect(commands.some((one) => /call|depend|rota|because/.test(one))).toBe(false)
})

test('a word of a thousand letters is no typo of anything', () => {
  expect(book.mayFit(tokensOf('r'.repeat(1000))).every(({ words }) => words === 0)).toBe(true)
})
