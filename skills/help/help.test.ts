import { expect, test } from '@jest/globals'
import { smallHub } from '../../bot/hub/testing/small-hub.js'
import { entity, optional, time } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import type { Place, Role } from '../kit/model.js'
import help from './index.js'

/** A skill for help to tell of. */
const tides = defineSkill({
  name: 'high-tide',
  summary: 'How the water stands.',
  uses: [],
  commands: {
    show: {
      summary: 'How high the tide is',
      says: [
        'tide at {harbour}',
        'tide of {harbour} at {at}',
        ...Array.from({ length: 9 }, (_, n) => `tide ${n} of {harbour}`),
      ],
      args: { harbour: entity('Service', 'which harbour'), at: optional(time('when')) },
      effect: 'read',
      role: 'developer',
      run: async () => ({ text: 'High.' }),
    },
    dredge: {
      summary: 'Dredge all harbours',
      says: Array.from({ length: 10 }, (_, n) => `dredge ${n}`),
      args: {},
      effect: 'read',
      role: 'admin',
      run: async () => ({ text: 'Dredged.' }),
    },
  },
})

const small = smallHub({ skills: [help, tides] })
const said = async (words: string, role: Role = 'developer', place: Place['kind'] = 'personal') =>
  (await small.read((await small.ask(words, small.caller(role, place))).reply)).replace(/\s+/g, ' ')

test.each<[what: string, words: string, role: Role, place: Place['kind'], wanted: RegExp]>([
  [
    'what a developer may use',
    'help',
    'developer',
    'personal',
    /2 commands Write to me here[^]*How the water stands\. \[1\] “tide at [^”]*” \/high-tide/,
  ],
  ['an admin sees more', 'help', 'admin', 'personal', /3 commands [^]*“dredge 0” \/high-tide dredge/],
  ['a guest sees what a guest may use', 'help', 'guest', 'personal', /1 command Write to me here/],
  ['in a channel, how to be heard there', 'help', 'developer', 'channel', /Mention me, or use a slash command\./],
  ['in the terminal, how to ask there', 'help', 'developer', 'terminal', /Ask in quotes, or use a slash command\./],
  [
    'a topic at length, its arguments included',
    'help high-tide',
    'developer',
    'personal',
    /How high the tide is · \/high-tide \[1\] “tide at [^]*Takes which harbour \(service\); when \(time, may be left out\)/,
  ],
  ['a topic as people write it', 'help with high tide', 'developer', 'personal', /How high the tide is · \/high-tide/],
  ['a topic by its slash', 'help /high-tide', 'developer', 'personal', /How high the tide is · \/high-tide/],
  [
    'a topic there is none of',
    'help weather',
    'developer',
    'personal',
    /There is no help on “weather”\.[^]*Topics are [^]*high-tide/,
  ],
  [
    'a topic that is not the guest’s',
    'help high-tide',
    'guest',
    'personal',
    /There is no help on “high-tide”\. Topics are help\./,
  ],
])('%s', async (_what, words, role, place, wanted) => expect(await said(words, role, place)).toMatch(wanted))
