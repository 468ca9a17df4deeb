import { expect, test } from '@jest/globals'
import { join } from 'node:path'
import { discoverSkills } from '../../discover-skills.js'
import { createRegistry } from '../../hub/registry.js'
import { finish } from '../steps.js'
import { trainClassifier } from './command-classifier.js'
import { trainingTextsOf } from './training-texts.js'

const { commands } = createRegistry(await discoverSkills(join(import.meta.dirname, '..', '..', '..', 'skills')))
const classifier = finish(trainClassifier(commands))
const rank = (words: string) => classifier.weigh(words.split(' ')).ranked

test.each([
  ['which team looks after <Resource>', 'catalog.owner'],
  ['what would break if <Service> dies', 'catalog.depends'],
  ['who carries the pager of <Team> tonight', 'on-call.show'],
])('%s → %s', (words, id) => {
  const [first, second] = rank(words)
  expect(first!.command.id).toBe(id)
  expect(first!.certainty).toBeGreaterThan(second!.certainty)
})

test('talk that asks for nothing leaves little for any command', () => {
  for (const talk of ['tell me a joke', 'what is the weather like', 'have a nice weekend'])
    expect({ talk, certain: rank(talk)[0]!.certainty > 0.3 }).toEqual({ talk, certain: false })
})

test('its own examples are known again', () => {
  const texts = commands.flatMap(trainingTextsOf).filter((_, at) => at % 9 === 0)
  const right = texts.filter(({ command, words }) => classifier.weigh(words).ranked[0]!.command.id === command)
  expect(right.length / texts.length).toBeGreaterThan(0.9)
})

test('trained without a fifth of the examples it knows most of them', () => {
  const some = commands.filter((_, at) => at % 3 === 0)
  const part = some.map((one) => ({ ...one, says: one.says.filter((_, at) => at % 5 !== 4) }))
  const other = finish(trainClassifier(part))
  const left = some.flatMap((one) => trainingTextsOf({ ...one, says: one.says.filter((_, at) => at % 5 === 4) }))
  const right = left.filter(({ command, words }) => other.weigh(words).ranked[0]!.command.id === command)
  expect(right.length / left.length).toBeGreaterThan(0.75)
})

test('the same commands give the same answers', () => {
  const few = commands.slice(0, 6)
  const words = ['who', 'owns', '<Service>']
  expect(finish(trainClassifier(few)).weigh(words)).toEqual(finish(trainClassifier(few)).weigh(words))
})

test('no words and unknown words are ranked too', () => {
  for (const words of [[], ['zzz'], ['<Nothing>'], ['constructor', '__proto__']]) {
    const ranked = classifier.weigh(words).ranked
    expect(ranked).toHaveLength(commands.length)
    expect(ranked.every(({ certainty }) => certainty >= 0 && certainty <= 1)).toBe(true)
  }
})
