import { expect, test } from '@jest/globals'
import { readArguments, WrongArguments } from './read-arguments.js'

test.each([
  [['who is', 'on call'], { do: 'ask', text: 'who is on call', json: false }],
  [['help', '--as', 'dana'], { do: 'help', as: 'dana', json: false }],
  [['--help'], { do: 'help', json: false }],
  [['-h', 'status'], { do: 'help', json: false }],
  [[], { do: 'help', json: false }],
  [['storm'], { do: 'storm', fast: false, stop: false, help: false, json: false }],
  [
    ['storm', 'flood', '--speed', '2.5', '--fast', '--json'],
    { do: 'storm', story: 'flood', speed: 2.5, fast: true, stop: false, help: false, json: true },
  ],
  [['storm', '--help', '--stop'], { do: 'storm', fast: false, stop: true, help: true, json: false }],
  [['storm', 'of', 'alerts'], { do: 'ask', text: 'storm of alerts', json: false }],
  [['status', '--json'], { do: 'status', json: true }],
  [['status', 'of', 'auth'], { do: 'ask', text: 'status of auth', json: false }],
  [['press', 'x1', '--in', 'incidents'], { do: 'press', id: 'x1', in: 'incidents', json: false }],
])('%j', (argv, wish) => expect(readArguments(argv)).toEqual(wish))

test.each([[['--bogus']], [['x', '--as']], [['x', '--json=yes']]])('%j is refused with the usage', (argv) => {
  expect(() => readArguments(argv)).toThrow(WrongArguments)
  expect(() => readArguments(argv)).toThrow(/nexus understand --json < lines/)
})

test.each(['0', '101', 'fast', '-1', ''])('a storm at speed "%s" is refused', (speed) =>
  expect(() => readArguments(['storm', `--speed=${speed}`])).toThrow(/--speed is a number from 0\.1 to 100/),
)
