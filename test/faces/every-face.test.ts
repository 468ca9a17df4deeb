import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { teamsManifest } from '../../appPackage/manifest.js'
import { hubApi, type HubApiParts } from '../../bot/channels/http/hub-api.js'
import { discoverSkills } from '../../bot/discover-skills.js'
import { intentOfToolCall, modelTool } from '../../bot/hub/model-tools.js'
import type { Outcome } from '../../bot/hub/outcome.js'
import { entity, smallHub, smallNow, to, type SmallHub } from '../../bot/hub/testing/small-hub.js'
import type { Arg } from '../../skills/kit/arguments.js'
import type { Skill } from '../../skills/kit/command.js'
import type { Effect } from '../../skills/kit/effect.js'
import type { Json, Kind } from '../../skills/kit/model.js'
import type { CommandInfo } from '../../skills/kit/ports.js'

/** A skill that nobody was told of: a folder, written while the test runs. */
const written = (kit: string) => `
import { entity, number, optional } from '${kit}/arguments.js'
import { defineSkill } from '${kit}/command.js'

export default defineSkill({
  name: 'tide',
  summary: 'How the water stands.',
  uses: ['catalog'],
  commands: {
    show: {
      summary: 'How high the tide is',
      says: [
        'how high is the tide at {harbour}', 'tide at {harbour}', 'tide of {harbour}', 'water level at {harbour}',
        'is it high tide at {harbour}', 'is it low tide at {harbour}', 'tide table of {harbour}', 'is {harbour} flooded',
        'when does the water reach {harbour}', 'ebb at {harbour}', 'tide at {harbour} in {hours} hours',
      ],
      args: { harbour: entity('Service', 'which harbour'), hours: optional(number('hours ahead', { min: 1, max: 48 })) },
      effect: 'read',
      role: 'developer',
      featured: true,
      run: async ({ harbour }, turn) => ({ text: 'High at ' + harbour.name + ', ' + (await turn.catalog.all('Service')).length + ' harbours' }),
    },
  },
})
`

const records = [
  entity('Service', 'auth-api', {}, [
    to('onCallBy', 'Schedule', 'identity-primary'),
    to('ownedBy', 'Team', 'identity'),
  ]),
  entity('Service', 'web', {}, [to('dependsOn', 'Service', 'auth-api')]),
  entity('Team', 'identity'),
  entity('Schedule', 'identity-primary', {
    shifts: [{ person: 'dana@contoso.example', from: '2026-11-20T08:00:00.000Z', to: '2026-11-22T08:00:00.000Z' }],
  }),
  entity('Person', 'dana@contoso.example', { objectId: 'dana' }, [to('memberOf', 'Team', 'identity')]),
  entity('Incident', 'INC-1', { opened: '2026-11-20T08:00:00.000Z' }, [to('affects', 'Service', 'auth-api')]),
  entity('Proposal', 'PR-1'),
  entity('Resource', 'vm-one'),
  entity('Environment', 'staging'),
  entity('Pipeline', 'nightly'),
  entity('Repository', 'auth-code'),
]

const folder = mkdtempSync(join(tmpdir(), 'nexus-skills-'))
const real = join(import.meta.dirname, '..', '..', 'skills')
let skills: Skill[]
let small: SmallHub
beforeAll(async () => {
  mkdirSync(join(folder, 'tide'))
  writeFileSync(join(folder, 'tide', 'index.ts'), written(relative(join(folder, 'tide'), join(real, 'kit'))))
  skills = [...(await discoverSkills(real)), ...(await discoverSkills(folder))]
  small = smallHub({ skills, records })
})
afterAll(() => rmSync(folder, { recursive: true }))

const options = { appId: 'a', botId: 'b', version: '1.0.0', domain: 'nexus.contoso.example' }
const info = (id: string): CommandInfo => small.registry.find(id)!.info
const pick = { kind: 'Service', id: 'auth-api' }

/** What the terminal sends to a running hub, answered by the hub's own address for it. */
async function terminal(text: string): Promise<{ reply: unknown; command: unknown }> {
  const routes = hubApi({
    verifyUser: async () => ({ tenantId: 'contoso', objectId: 'dana', name: 'Dana Ortiz' }),
    callerOf: () => small.caller('admin', 'terminal'),
    hub: small.hub,
    show: small.show,
    name: async (args) => args,
    commands: () => small.registry.commands,
    now: () => smallNow,
  } as Partial<HubApiParts> as HubApiParts)
  const turns = routes.find(({ path }) => path === '/api/turns')!
  const answer = await turns.handle({ body: { text }, authorization: 'x', headers: {}, query: new URLSearchParams() })
  return (answer.body as { outcome: Outcome }).outcome as never
}

/** Each way in to the skill on the fly; all of them begin with what its one declaration became. */
const faces: [string, () => Promise<{ reply: unknown }>][] = [
  ['a phrase', () => small.ask('how high is the tide at auth-api')],
  ['a slash command', () => small.ask(`${info('tide.show').slash} auth-api`)],
  ['the example in help', async () => small.ask(filled(await listedInHelp('tide')))],
  ['the command that the manifest offers after a mention', () => small.ask(`${offered('mention')} auth-api`)],
  ['the command that the manifest offers after a slash', () => small.ask(`/${offered('slash')} auth-api`)],
  ['a tool call of a model', () => callTool('tide.show', { harbour: pick })],
  ['the form for what is missing', fillForm],
  [
    'an intent, as buttons and other skills carry it',
    () => small.hub.run({ command: 'tide.show', args: { harbour: pick } }, small.caller()),
  ],
  ['the terminal', () => terminal('tide at auth-api')],
]

test.each(faces)('a skill written on the fly answers through %s', async (_face, invoke) => {
  expect((await invoke()).reply).toEqual({ text: 'High at auth-api, 2 harbours' })
})

async function listedInHelp(topic: string): Promise<string> {
  const words = await small.read((await small.ask(`help ${topic}`)).reply)
  return /“(.+?)”/.exec(words)![1]!
}

const filled = (example: string): string => example.replace(/‹[^›]+›/g, 'auth-api')

function offered(trigger: 'mention' | 'slash'): string {
  const [bot] = teamsManifest(small.registry.commands, options).bots
  const list = bot.commandLists.find(({ triggers }) => triggers?.includes(trigger))!
  return list.commands.find(({ description }) => description.startsWith('How high the tide is'))!.title
}

/** Calls the tool that a model is given, after checking the arguments as its schema says. */
function callTool(id: string, args: Record<string, Json>): Promise<Outcome> {
  const { name, parameters } = modelTool(info(id)).function
  const { properties, required } = parameters as { properties: Record<string, Json>; required: string[] }
  expect(name).toMatch(/^[\w-]{1,64}$/)
  expect(Object.keys(properties)).toEqual(expect.arrayContaining([...required, ...Object.keys(args)]))
  expect(Object.keys(args)).toEqual(expect.arrayContaining(required))
  return small.hub.run(intentOfToolCall(name, args), small.caller('admin'))
}

async function fillForm(): Promise<Outcome> {
  const asked = await small.ask('/tide')
  expect(asked).toMatchObject({ outcome: 'ask', command: 'tide.show' })
  const card = await small.show(asked.reply)
  const form = card.sections!.find((section) => section.kind === 'form')!
  const [harbour] = (form as Extract<typeof form, { kind: 'form' }>).inputs
  expect(harbour).toMatchObject({ id: 'harbour', type: 'choice', label: 'Which harbour', required: true })
  const [choice] = (harbour as Extract<typeof harbour, { type: 'choice' }>).choices
  return small.press(card, 'Go on', { harbour: choice!.value })
}

/** An entity of each kind that commands ask for, the likeliest first. */
const samples: [Kind, string][] = [
  ['Service', 'auth-api'],
  ['Team', 'identity'],
  ['Incident', 'INC-1'],
  ['Proposal', 'PR-1'],
  ['Person', 'dana@contoso.example'],
  ['Resource', 'vm-one'],
  ['Environment', 'staging'],
  ['Pipeline', 'nightly'],
  ['Repository', 'auth-code'],
]

/** The ports that the small hub has: a read of a skill that needs no other answers, the others are understood and then have nothing to ask. */
const given = new Set<string>(['catalog', 'onCall', 'commands'])

/** Free words: a topic of help, and for what changes something one word that looks like an id, since it takes no tale there. */
const freeWords = (effect: Effect): string => (effect === 'read' ? 'on-call' : 'on-call-2.1')

/** A value for each type of argument: as words, and as an intent carries it. */
function sample(arg: Arg, effect: Effect): { words: string; value: Json } {
  switch (arg.type) {
    case 'entity': {
      const [kind] = samples.map(([kind]) => kind).filter((kind) => arg.kinds.includes(kind))
      const value = { kind: kind!, id: new Map(samples).get(kind!)! }
      return { words: value.id, value }
    }
    case 'number':
      return { words: String(arg.min), value: arg.min }
    case 'duration':
      return { words: `${arg.min} minutes`, value: arg.min }
    case 'choice':
      return { words: arg.values[0]!, value: arg.values[0]! }
    case 'filter':
      return { words: 'services', value: 'Service' }
    case 'text':
      return { words: freeWords(effect), value: freeWords(effect) }
    case 'time':
      // The moment itself: neither of what is not remembered nor of what is to come.
      return { words: '2026-11-21T02:14Z', value: smallNow }
    case 'range':
      return {
        words: '2026-11-20..2026-11-21',
        value: { from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' },
      }
    case 'time-of-day':
      return { words: 'half past eight', value: '08:30' }
    case 'weekdays':
      return { words: 'weekdays', value: ['mon', 'tue', 'wed', 'thu', 'fri'] }
    case 'zone':
      return { words: 'Berlin time', value: 'Europe/Berlin' }
  }
}

const said = ({ args, effect }: CommandInfo, phrase: string): string =>
  phrase.replace(/\{(\w+)\}/g, (_, name: string) => sample(args[name]!, effect).words)
const needed = ({ args }: CommandInfo) => Object.entries(args).filter(([, arg]) => !arg.optional)

test('every command is reached through every face that carries it, each of its phrases included', async () => {
  const manifest = teamsManifest(small.registry.commands, options).bots[0].commandLists
  const lost: string[] = []
  const reach = async (
    face: string,
    command: CommandInfo,
    outcome: Promise<{ command?: unknown; outcome?: unknown }>,
    asks = false,
  ) => {
    const came = await outcome
    const { skill } = small.registry.find(command.id)!
    const answers = command.effect === 'read' && skill.uses.every((port) => given.has(port))
    const reached = command.planned
      ? came.outcome === 'refuse'
      : answers
        ? came.outcome === (asks ? 'ask' : 'answer')
        : !['none', 'suggest'].includes(String(came.outcome))
    if (came.command !== command.id || !reached)
      lost.push(`${command.id} by ${face}: ${String(came.outcome)} ${String(came.command)}`)
  }
  for (const command of small.registry.commands) {
    const words = needed(command).map(([, arg]) => sample(arg, command.effect).words)
    const args = Object.fromEntries(needed(command).map(([name, arg]) => [name, sample(arg, command.effect).value]))
    const admin = small.caller('admin')
    for (const phrase of command.says) {
      const asks = needed(command).some(([name]) => !phrase.includes(`{${name}}`))
      await reach(`“${phrase}”`, command, small.ask(said(command, phrase), admin), asks)
    }
    await reach(command.slash, command, small.ask([command.slash, ...words].join(' '), admin))
    await reach(`/${command.id}`, command, small.ask([`/${command.id}`, ...words].join(' '), admin))
    await reach('tool', command, callTool(command.id, args))
    await reach('terminal', command, terminal(said(command, command.example)) as never)
    const topic = { command: 'help.show', args: { topic: command.skill } }
    const help = (await small.read((await small.hub.run(topic, admin)).reply)).replace(/\s+/g, ' ')
    if (!help.includes(command.slash)) lost.push(`${command.id} by help`)
    const lists = manifest.map(({ commands }) =>
      commands.some(({ description }) => description.startsWith(command.summary)),
    )
    if (lists.some((listed) => listed !== command.featured)) lost.push(`${command.id} by manifest`)
  }
  expect(lost).toEqual([])
})

test('a folder whose index is no skill, or another one, is named', async () => {
  const wrong = mkdtempSync(join(tmpdir(), 'nexus-skills-'))
  mkdirSync(join(wrong, 'empty'))
  mkdirSync(join(wrong, 'odd'))
  writeFileSync(join(wrong, 'odd', 'index.ts'), 'export default { commands: {}, name: "even" }')
  await expect(discoverSkills(wrong)).rejects.toThrow(
    'skills/odd declares the skill "even"; a skill has its folder\'s name',
  )
  writeFileSync(join(wrong, 'empty', 'index.ts'), 'export const skill = 7')
  await expect(discoverSkills(wrong)).rejects.toThrow('skills/empty/index.ts must export a skill by default')
  rmSync(wrong, { recursive: true })
})
