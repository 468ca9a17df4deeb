import { expect, test } from '@jest/globals'
import { readArguments, WrongArguments } from './read-arguments.js'

test.each([
  [['who is', 'on call'], { do: 'ask', text: 'who is on call', json: false }],
  [['help', '--as', 'dana'], { do: 'help', as: 'dana', json: false }],
  [['--help'], { do: 'help', json: false }],
  [['-h', 'status'], { do: 'help', json: false }],
  [[], { do: 'help', json: false }],
  [['status', '--json'], { do: 'status', json: true }],
  [['status', 'of', 'auth'], { do: 'ask', text: 'status of auth', json: false }],
  [['press', 'x1', '--in', 'incidents'], { do: 'press', id: 'x1', in: 'incidents', json: false }],
])('%j', (argv, wish) => expect(readArguments(argv)).toEqual(wish))

test.each([[['--bogus']], [['x', '--as']], [['x', '--json=yes']]])('%j is refused with the usage', (argv) => {
  expect(() => readArguments(argv)).toThrow(WrongArguments)
  expect(() => readArguments(argv)).toThrow(/nexus understand --json < lines/)
})
