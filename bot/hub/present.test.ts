import { expect, test } from '@jest/globals'
import { choice, entity as entityArg, number, optional, text } from '../../skills/kit/arguments.js'
import type { Button, Reply } from '../../skills/kit/reply.js'
import { catalogPort } from '../store/read-model/catalog-port.js'
import { createButtonBook } from './buttons.js'
import { mostChoices } from './form.js'
import { present } from './present.js'
import { presentable } from './presentable.js'
import { entity, smallHub, smallNow } from './testing/small-hub.js'

const services = (count: number) => Array.from({ length: count }, (_, n) => entity('Service', `service-${n}`))
const catalogOf = (count: number) => {
  const { index } = smallHub({ skills: [], records: services(count) })
  return catalogPort(index, () => [], { now: () => smallNow })
}
const keep = async ({ title }: Button) => `id of ${title}`
const intent = { command: 'a.show', args: {} }

test('a reply without a card gets one of its words; buttons carry ids and nothing of what they mean', async () => {
  const card = await present(
    { text: 'Done.', buttons: [{ title: 'Undo', intent: { ...intent, args: { secret: 1 } }, style: 'destructive' }] },
    keep,
    catalogOf(0),
  )
  expect(card).toEqual({
    state: 'emphasis',
    topic: 'Nexus',
    title: 'Nexus',
    sentence: 'Done.',
    buttons: [{ kind: 'execute', title: 'Undo', id: 'id of Undo', style: 'destructive', ignoresInputs: true }],
  })
})

test('sources become the foot, the silent ones marked', async () => {
  const asOf = '2026-11-21T02:00:00.000Z'
  const sources = [
    { name: 'PagerDuty', asOf, trouble: 'time-out', query: 'on-call of x' },
    { name: 'GitHub', asOf },
  ]
  expect((await present({ text: 'x', sources }, keep, catalogOf(0))).foot).toEqual({
    sources: [
      { name: 'PagerDuty', asOf, silent: true },
      { name: 'GitHub', asOf },
    ],
    query: 'on-call of x',
  })
})

test('a form has an input for each argument, a list to pick from only where it is short', async () => {
  const form = {
    target: entityArg('Service', 'which service'),
    depth: optional(number('how deep', { min: 1, max: 9 })),
    way: choice('which way', ['up', 'down']),
    note: text('note', 40),
  }
  const inputs = async (count: number) => {
    const card = await present({ text: 'x', buttons: [{ title: 'Go on', intent, form }] }, keep, catalogOf(count))
    const section = card.sections?.at(-1)
    return section?.kind === 'form' ? section.inputs : []
  }
  expect(await inputs(2)).toMatchObject([
    {
      id: 'target',
      label: 'Which service',
      type: 'choice',
      required: true,
      choices: [{ value: 'Service/service-0' }, {}],
    },
    { id: 'depth', type: 'number', required: false, min: 1, max: 9 },
    { id: 'way', type: 'choice', choices: [{ value: 'up' }, { value: 'down' }] },
    { id: 'note', type: 'text', maxLength: 40, error: 'Note: fill this in' },
  ])
  expect((await inputs(mostChoices))[0]).toMatchObject({ type: 'choice' })
  expect((await inputs(mostChoices + 1))[0]).toMatchObject({ type: 'text', placeholder: 'Name of the service' })
  expect((await inputs(0))[0]).toMatchObject({ type: 'text' })
})

test('of what happened the newest stands first in a list to pick from, each with what it was about', async () => {
  const opened = (day: string) => `2026-11-${day}T08:00:00.000Z`
  const { index } = smallHub({
    skills: [],
    records: [
      entity('Incident', 'INC-1', { title: 'Slow', opened: opened('18') }),
      entity('Incident', 'INC-2', { title: 'Down', opened: opened('20') }),
      entity('Incident', 'INC-3', { opened: opened('19') }),
    ],
  })
  const form = { incident: entityArg('Incident', 'which incident') }
  const catalog = catalogPort(index, () => [], { now: () => smallNow })
  const card = await present({ text: 'x', buttons: [{ title: 'Go on', intent, form }] }, keep, catalog)
  expect(card.sections).toMatchObject([
    {
      inputs: [
        {
          choices: [
            { title: 'INC-2 · Down', value: 'Incident/INC-2' },
            { title: 'INC-3', value: 'Incident/INC-3' },
            { title: 'INC-1 · Slow', value: 'Incident/INC-1' },
          ],
        },
      ],
    },
  ])
})

test('the same button is stored once a tenant, in whatever order its fields come; another one has another id', async () => {
  const added: string[] = []
  const records = {
    get: async () => undefined,
    add: async (tenant: string, id: string) => void added.push(`${tenant} ${id}`),
  }
  const book = createButtonBook(records, (words) => Buffer.from(words).toString('base64url').slice(-60), 1)
  const one = await book.keep('contoso', { title: 'Go', intent: { command: 'a', args: { x: 1, y: 2 } } })
  expect(await book.keep('contoso', { intent: { args: { y: 2, x: 1 }, command: 'a' }, title: 'Go' })).toBe(one)
  expect(added).toHaveLength(1)
  await book.keep('contoso', { title: 'Go', intent: { command: 'a', args: { x: 1, y: 3 } } })
  expect(new Set(added).size).toBe(2)
  expect(await book.find('contoso', '../../etc')).toBeUndefined()
})

test('a row that is tapped carries an id like a button; one that leads where this person may not go is no longer tapped', async () => {
  const select = (command: string): Button => ({ title: `Run ${command}`, intent: { command, args: {} } })
  const rows = [
    { title: 'open', select: select('a.show') },
    { title: 'shut', select: select('b.show') },
    { title: 'plain' },
  ]
  const nodes = rows.map((row) => ({ ...row, depth: 1 }))
  const reply: Reply = {
    text: 'Two lists.',
    card: {
      state: 'good',
      topic: 'T',
      title: 't',
      sections: [
        { kind: 'rows', title: 'Rows', fold: 'closed', rows, total: 9, more: select('a.all') },
        { kind: 'tree', nodes },
        { kind: 'text', text: 'as it was' },
      ],
    },
  }
  const card = await present(
    presentable(reply, ({ intent: { command } }) => command.startsWith('a.')),
    keep,
    catalogOf(0),
  )
  const pressed = (command: string) => ({
    kind: 'execute',
    title: `Run ${command}`,
    id: `id of Run ${command}`,
    ignoresInputs: true,
  })
  expect(card.sections).toEqual([
    {
      kind: 'rows',
      title: 'Rows',
      fold: 'closed',
      rows: [{ title: 'open', select: pressed('a.show') }, { title: 'shut' }, { title: 'plain' }],
      total: 9,
      more: pressed('a.all'),
    },
    {
      kind: 'tree',
      nodes: [
        { title: 'open', depth: 1, select: pressed('a.show') },
        { title: 'shut', depth: 1 },
        { title: 'plain', depth: 1 },
      ],
    },
    { kind: 'text', text: 'as it was' },
  ])
})
