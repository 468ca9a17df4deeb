import { expect, test } from '@jest/globals'
import { pressable } from '../../cards/actions.js'
import { entity as entityArg, number, optional, range, text, time } from '../../skills/kit/arguments.js'
import { defineSkill, type Command, type Skill } from '../../skills/kit/command.js'
import { conflict, unavailable } from '../../skills/kit/errors.js'
import type { Role } from '../../skills/kit/model.js'
import type { PortName } from '../../skills/kit/ports.js'
import type { Args } from '../../skills/kit/arguments.js'
import type { Button, Reply } from '../../skills/kit/reply.js'
import { entity, smallHub } from './testing/small-hub.js'

/** Ten ways to say a word, as the registry wants them. */
const says = (...phrases: string[]) => [...phrases, ...Array.from({ length: 10 }, (_, n) => `${phrases[0]} way ${n}`)]

interface Sample {
  args?: Args
  role?: Role
  uses?: PortName[]
  offers?: string[]
  run?: (args: never, turn: never) => Promise<Reply>
}

/** A skill of one command, `<name>.show`, that answers to its name. */
const sample = (name: string, { args = {}, role = 'developer', uses = [], offers = [], run }: Sample = {}): Skill =>
  defineSkill({
    name,
    summary: 'A sample.',
    uses,
    offers,
    commands: {
      show: {
        summary: `Do ${name}`,
        says: says([name, ...Object.keys(args).map((arg) => `{${arg}}`)].join(' ')),
        args,
        effect: 'read',
        role,
        run: run ?? (async () => ({ text: `${name} ran` })),
      } as Command<Args, PortName>,
    },
  }) as Skill

const records = [
  entity('Service', 'orders'),
  entity('Service', 'returns'),
  {
    kind: 'Service' as const,
    id: 'a',
    claims: { x: { name: 'a', aliases: ['twin'], props: {}, relations: [], at: '' } },
  },
  {
    kind: 'Service' as const,
    id: 'b',
    claims: { x: { name: 'b', aliases: ['twin'], props: {}, relations: [], at: '' } },
  },
]
const target = { target: entityArg('Service', 'which service') }

test('a skill gets the ports it declared and no others, and cannot change its turn', async () => {
  const seen: unknown[] = []
  const look = async (_args: never, turn: object): Promise<Reply> => {
    seen.push(Object.keys(turn).sort(), (turn as { onCall?: unknown }).onCall, Object.isFrozen(turn))
    return { text: 'looked' }
  }
  await smallHub({ skills: [sample('look', { uses: ['catalog'], run: look as never })] }).ask('look')
  expect(seen).toEqual([['catalog', 'id', 'input', 'now', 'person', 'place', 'signal', 'tenant'], undefined, true])
})

test('a change that is not admitted is refused, and neither planned nor run', async () => {
  const called: string[] = []
  const fail = (what: string) => async () => {
    called.push(what)
    throw new Error(what)
  }
  const skill = sample('restart')
  const change = { ...skill.commands.show, effect: 'change', plan: fail('plan'), step: fail('step'), run: fail('run') }
  const small = smallHub({
    skills: [{ ...skill, commands: { show: change as unknown as Command<Args, PortName> } }],
    changes: { admit: () => Promise.reject(conflict('Changes are frozen until Monday.')) },
  })
  for (const outcome of [await small.ask('restart'), await small.ask('/restart')])
    expect(outcome).toMatchObject({ outcome: 'refuse', fault: 'Conflict', command: 'restart.show' })
  expect(called).toEqual([])
})

test('buttons to commands that are absent, or not this person’s, vanish; the absent ones are known at the start', async () => {
  const button = (command: string): Button => ({ title: command, intent: { command, args: {} } })
  const buttons = [button('near.show'), button('absent.show'), button('guarded.show')]
  const small = smallHub({
    skills: [
      sample('from', { offers: ['near.show', 'absent.show'], run: async () => ({ text: 'x', buttons }) }),
      sample('near'),
      sample('guarded', { role: 'admin' }),
    ],
  })
  expect(small.registry.absent).toEqual([{ skill: 'from', command: 'absent.show' }])
  const titles = async (role: Role) =>
    (await small.ask('from', small.caller(role))).reply.buttons?.map(({ title }) => title)
  expect(await titles('developer')).toEqual(['near.show'])
  expect(await titles('admin')).toEqual(['near.show', 'guarded.show'])
})

test.each([
  ['words', 'secret orders'],
  ['a slash command', '/secret orders'],
  ['a name that several have', 'secret twin'],
  ['a name that nothing has', '/secret ordres-xyz'],
  ['a form', '/secret'],
])('whoever may not use a command is told of no name by %s', async (_way, words) => {
  const small = smallHub({ skills: [sample('secret', { args: target, role: 'team-lead' })], records })
  const refused = await small.ask(words, small.caller('developer'))
  expect(refused).toMatchObject({ outcome: 'refuse', fault: 'NotAllowed' })
  expect(await small.read(refused.reply)).toMatch(/Only Team Leads may use \/secret\.[^]*An Admin of Nexus can add you/)
  expect(JSON.stringify(refused.reply)).not.toMatch(/orders|returns|twin/)
  expect((await small.ask(words, small.caller('admin'))).fault).not.toBe('NotAllowed')
})

test.each<[string, () => Promise<Reply>, string, string]>([
  [
    'a fault',
    async () => Promise.reject(conflict('Lee was faster.', 'Look again.')),
    'Conflict',
    'Lee was faster. Look again.',
  ],
  [
    'a vendor that is down',
    async () => Promise.reject(unavailable('PagerDuty does not answer.', undefined, new Error('ECONNRESET 10.0.0.7'))),
    'Unavailable',
    'PagerDuty does not answer.',
  ],
  [
    'an error of its own',
    async () => Promise.reject(new Error('column secret_key does not exist')),
    'Unavailable',
    'Something in Nexus failed while answering this. Try again; if it stays, your administrator finds the reason in the log.',
  ],
  [
    'a throw before its first await',
    () => Promise.reject(new TypeError('x is undefined')),
    'Unavailable',
    'Something in Nexus failed',
  ],
  ['silence', () => new Promise(() => {}), 'Unavailable', 'That took too long, so it was stopped.'],
])('a skill that ends with %s: one plain sentence to people, the cause to the log', async (_way, run, fault, said) => {
  const small = smallHub({ skills: [sample('break', { run })], patience: 50 })
  const { reply, ...outcome } = await small.ask('break')
  expect(outcome).toEqual({ outcome: 'refuse', fault, command: 'break.show', args: {} })
  expect(reply.text).toContain(said)
  expect(JSON.stringify(reply)).not.toMatch(/ECONNRESET|column|undefined/)
  expect(small.turns).toHaveLength(1)
})

test('every turn is recorded once, whatever it came to, and words that cannot be understood are answered too', async () => {
  const small = smallHub({ skills: [sample('look', { args: target })], records })
  for (const words of ['look orders', 'look twin', '/look zebra-9', '/look', '🎉', 'quite something else'])
    await small.ask(words)
  expect(small.turns.map(({ outcome, command = '' }) => `${outcome} ${command}`)).toEqual([
    'answer look.show',
    'ask look.show',
    'refuse look.show',
    'ask look.show',
    'none ',
    'none ',
  ])
  const broken = smallHub({
    skills: [sample('look')],
    understand: () => {
      throw new Error('index torn')
    },
  })
  const { outcome, reply } = await broken.ask('look')
  expect([outcome, reply.text]).toEqual(['refuse', expect.stringContaining('Something in Nexus failed')])
  expect(broken.turns).toMatchObject([{ outcome: 'refuse', error: new Error('index torn') }])
})

const form = {
  target: entityArg('Service', 'which service'),
  count: number('how many', { min: 1, max: 5 }),
  when: optional(time('when')),
  span: optional(range('between')),
  note: optional(text('note', 10)),
}

test('a form says what it is about, where that is told already', async () => {
  const small = smallHub({ skills: [sample('fill', { args: form })], records })
  const asked = await small.ask('/fill orders')
  expect((await small.read(asked.reply)).replace(/\s+/g, ' ')).toContain(
    'To answer I need: how many. Which service orders',
  )
})

test('a form asks for what is missing, and what was typed becomes arguments', async () => {
  const small = smallHub({ skills: [sample('fill', { args: form })], records })
  const asked = await small.ask('/fill')
  expect(await small.read(asked.reply)).toContain('To answer I need: which service, how many.')
  const card = await small.show(asked.reply)
  const filled = {
    target: 'Service/orders',
    count: '3',
    when: '2026-11-21',
    span: '2026-11-20..2026-11-21',
    note: ' hi ',
  }
  expect(await small.press(card, 'Go on', filled)).toMatchObject({
    outcome: 'answer',
    args: {
      target: { kind: 'Service', id: 'orders' },
      count: 3,
      when: '2026-11-21T00:00:00.000Z',
      span: { from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' },
      note: ' hi ',
    },
  })
})

test.each<[string, Record<string, never>, string]>([
  ['nothing', {}, '“Which service” is empty; “How many” is empty.'],
  ['a name that nothing has', { target: 'zebra', count: '1' } as never, 'There is no service called “zebra”.'],
  ['a name that two have', { target: 'twin', count: '1' } as never, '“twin” could be Service/a or Service/b.'],
  [
    'a number out of bounds',
    { target: 'orders', count: '9' } as never,
    'How many must be a whole number from 1 to 5, not 9.',
  ],
  [
    'words for a number',
    { target: 'orders', count: 'many' } as never,
    'How many must be a whole number from 1 to 5, not many.',
  ],
  [
    'words for a moment',
    { target: 'orders', count: '1', when: 'later' } as never,
    'Later is no moment: say tomorrow 9:00',
  ],
  [
    'a stretch that runs backwards',
    { target: 'orders', count: '1', span: '2026-02-02..2026-01-01' } as never,
    'Between must be a stretch',
  ],
  [
    'a long text',
    { target: 'orders', count: '1', note: 'x'.repeat(11) } as never,
    'Note may have 10 characters, not 11',
  ],
  [
    'other types than a form sends',
    { target: { kind: 'Service' }, count: [], note: {} } as never,
    'There is no service called',
  ],
])('a form filled with %s says what is wrong and comes again', async (_way, inputs, said) => {
  const small = smallHub({ skills: [sample('fill', { args: form })], records })
  const card = await small.show((await small.ask('/fill')).reply)
  const refused = await small.press(card, 'Go on', inputs)
  expect(refused.outcome).toBe('refuse')
  expect((await small.read(refused.reply)).replace(/\s+/g, ' ')).toContain(said)
  const again = await small.show(refused.reply)
  expect(again.sections?.some(({ kind }) => kind === 'form')).toBe(true)
  expect(await small.press(again, 'Go on', { target: 'orders', count: '2' })).toMatchObject({ outcome: 'answer' })
})

test('a button means the same whoever presses it, is permitted for each anew, and is nothing to another tenant', async () => {
  const small = smallHub({ skills: [sample('look', { args: target })], records })
  const card = await small.show((await small.ask('look twin')).reply)
  expect(pressable(card).map(({ title }) => title)).toEqual(['a', 'b'])
  expect((await small.press(card, 'a')).args).toEqual({ target: { kind: 'Service', id: 'a' } })
  expect(await small.press(card, 'a', {}, small.caller('guest'))).toMatchObject({ fault: 'NotAllowed' })
  const stranger = small.caller()
  stranger.person.tenant = 'fabrikam'
  expect((await small.press(card, 'a', {}, stranger)).reply.text).toBe(
    'This card is too old for its buttons to work. Ask again, and use the new card.',
  )
  small.index.delete({ kind: 'Service', id: 'a' })
  expect((await small.press(card, 'a')).reply.text).toContain('a is not in the catalog any more')
})

test('an intent of the wrong shape is refused with what it takes', async () => {
  const small = smallHub({ skills: [sample('fill', { args: form })], records })
  const said = async (command: string, args: Record<string, never>) =>
    (await small.hub.run({ command, args }, small.caller())).reply.text
  expect(await said('no.such', {})).toBe('There is no command no.such. Say “help” to see what there is.')
  expect(await said('__proto__', {})).toContain('There is no command')
  expect(await said('fill.show', { other: 1 } as never)).toContain(
    'There is no argument “other”. It takes target, count',
  )
  expect(await said('fill.show', { target: { kind: 'Team', id: 'x' } } as never)).toContain(
    'This takes a Service, not a Team.',
  )
  expect(await said('fill.show', { target: 'orders' } as never)).toContain('Which service must name an entity.')
  expect(await said('fill.show', { constructor: 1 } as never)).toContain('There is no argument “constructor”')
})

test('how words look is no part of what they say', async () => {
  const small = smallHub({ skills: [sample('look', { args: target })], records })
  const plain = await small.ask('look orders', small.caller())
  expect(plain).toMatchObject({ outcome: 'answer', command: 'look.show' })
  for (const text of ['look <b>orders</b>', '<p>look orders</p>', 'look<br>orders'])
    expect(await small.ask(text, small.caller())).toEqual(plain)
})
