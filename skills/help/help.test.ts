import { expect, test } from '@jest/globals'
import { entity as record, smallHub } from '../../bot/hub/testing/small-hub.js'
import { entity, optional, time } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import type { Place, Ref, Role } from '../kit/model.js'
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
    turn: {
      summary: 'Turn the tide',
      says: Array.from({ length: 10 }, (_, n) => `turn ${n} of {harbour}`),
      args: { harbour: entity('Service', 'which harbour') },
      effect: 'change',
      role: 'developer',
      planned: {
        instead: 'How high it is, is known.',
        near: ({ harbour }) => [
          ...(harbour
            ? [
                {
                  title: `Tide at ${harbour.name}`,
                  intent: { command: 'high-tide.show', args: { harbour: to(harbour) } },
                },
              ]
            : []),
          { title: 'Ask for the moon', intent: { command: 'moon.show', args: {} } },
        ],
      },
    },
  },
})
const to = ({ kind, id }: Ref) => ({ kind, id })

/** All of a skill is to come. */
const ebb = defineSkill({
  name: 'ebb',
  summary: 'How the water goes.',
  uses: [],
  commands: {
    ebb: {
      summary: 'Ebb',
      says: Array.from({ length: 10 }, (_, n) => `ebb ${n}`),
      args: {},
      effect: 'read',
      role: 'developer',
      planned: { instead: 'It flows.' },
    },
  },
})

const records = [record('Service', 'hamburg'), record('Service', 'bremen'), record('Service', 'bremer')]
const small = smallHub({ skills: [help, tides, ebb], records })
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
  [
    'what is to come, apart and in one line',
    'help',
    'developer',
    'personal',
    /2 commands [^]*Coming, not there yet \/ebb, \/high-tide turn\.$/,
  ],
  ['what is to come of a topic', 'help ebb', 'developer', 'personal', /coming [^]*not there yet \/ebb\.$/],
  ['nothing is to come for a guest', 'help', 'guest', 'personal', /^(?!.*not there yet)/],
  ['in a channel, how to be heard there', 'help', 'developer', 'channel', /Mention me, or use a slash command\./],
  ['in the terminal, how to ask there', 'help', 'developer', 'terminal', /Ask in quotes, or use a slash command\./],
  [
    'a topic at length, its arguments included',
    'help high-tide',
    'developer',
    'personal',
    /\/high-tide · How high the tide is \[1\] “tide at [^]*Takes which harbour \(service\); when \(time, may be left out\)/,
  ],
  ['a topic as people write it', 'help with high tide', 'developer', 'personal', /\/high-tide · How high the tide is/],
  ['a topic by its slash', 'help /high-tide', 'developer', 'personal', /\/high-tide · How high the tide is/],
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

test.each([
  ['with all it needs', 'turn 3 of hamburg', ['Tide at hamburg']],
  ['by its slash', '/high-tide turn hamburg', ['Tide at hamburg']],
  ['without what it needs: nobody is asked for it', 'turn 3', []],
  ['of something that is not known', 'turn 3 of quito', []],
  ['of two things that could be meant: neither is', 'turn 3 of breme', []],
])('a command that is to come says so, %s', async (_way, words, titles) => {
  const { outcome, command, reply } = await small.ask(words)
  expect({ outcome, command }).toEqual({ outcome: 'refuse', command: 'high-tide.turn' })
  expect(reply.text).toBe('That is not there yet. How high it is, is known.')
  expect(reply.buttons!.map(({ title }) => title)).toEqual(titles)
})

test('it is offered to nobody, is no button, and needs its role as it will', async () => {
  const { commands } = small.registry
  expect(commands.find(({ id }) => id === 'high-tide.turn')).toMatchObject({ planned: true, effect: 'change' })
  expect(await small.ask('turn 3 of hamburg', small.caller('guest'))).toMatchObject({ fault: 'NotAllowed' })
  expect(await small.ask('ebb 3')).toMatchObject({ outcome: 'refuse', command: 'ebb' })
  expect((await small.ask('/ebb')).command).toBe('ebb')
})

test('of many skills each is one line, which leads to its own help', async () => {
  const skills = Array.from({ length: 14 }, (_, n) =>
    defineSkill({
      name: `tide-${'abcdefghijklmn'[n]}`,
      summary: `Tide number ${n}.`,
      order: n,
      uses: [],
      commands: { show: tides.commands['dredge']!, high: tides.commands['dredge']! } as never,
    }),
  ).map((skill, n) => ({
    ...skill,
    commands: Object.fromEntries(
      Object.entries(skill.commands).map(([name, command]) => [
        name,
        { ...command, says: command.says.map((phrase) => `${name} ${phrase} ${n}`) },
      ]),
    ),
  }))
  const crowd = smallHub({ skills: [help, ...skills] })
  const { reply } = await crowd.ask('help', crowd.caller('admin'))
  const words = (await crowd.read(reply)).replace(/\s+/g, ' ')
  expect(words).toMatch(/“show dredge 0 0” \/tide-a Tide number 0 · 1 more [^]*\[15\] “help” \/help What Nexus can do/)
  const card = await crowd.show(reply)
  expect(card.sections!.map((section) => section.kind === 'rows' && section.rows.length)).toEqual([12, 3])
  const { reply: topic } = await crowd.press(card, 'Help with tide-n', {}, crowd.caller('admin'))
  expect(await crowd.read(topic)).toContain('/tide-n high')
})
