import { describe, expect, test } from '@jest/globals'
import approvals from '../../skills/approvals/index.js'
import catalog from '../../skills/catalog/index.js'
import control from '../../skills/control/index.js'
import help from '../../skills/help/index.js'
import incidents from '../../skills/incidents/index.js'
import type { Ref } from '../../skills/kit/model.js'
import onCall from '../../skills/on-call/index.js'
import runs from '../../skills/runs/index.js'
import { createRegistry } from '../hub/registry.js'
import { createNameIndex } from './name-index.js'
import { hearing } from './testing/hearing.js'
import { createUnderstand } from './understand.js'
import type { NamedEntity } from './understanding.js'

const incident: Ref = { kind: 'Incident', id: 'inc-131' }
const proposal: Ref = { kind: 'Proposal', id: 'PR-2' }
const lee: Ref = { kind: 'Person', id: 'lee@contoso.example' }
const named: NamedEntity[] = [
  { ...incident, name: 'INC-131', aliases: [] },
  { kind: 'Incident', id: 'inc-99', name: 'INC-99', aliases: [] },
  { ...proposal, name: 'PR-2', aliases: [] },
  { ...lee, name: 'Lee Park', aliases: [] },
  { kind: 'Service', id: 'checkout-web', name: 'checkout-web', aliases: ['checkout'] },
]
const names = createNameIndex(named)
const { commands } = createRegistry([approvals, catalog, control, help, incidents, onCall, runs])
const understand = createUnderstand(commands)

const hear = (text: string, subjects: Ref[] = []) =>
  understand(hearing(text, { now: '2026-11-21T02:14:00.000Z', subjects }), names)

describe("in an incident's thread it need not be named", () => {
  test.each([
    ['ack', 'incident.acknowledge', {}],
    ['ack this', 'incident.acknowledge', {}],
    ['I have it', 'incident.acknowledge', {}],
    ['on it', 'incident.acknowledge', {}],
    ["I'm on it", 'incident.acknowledge', {}],
    ['acknowledge the incident', 'incident.acknowledge', {}],
    ['resolve', 'incident.resolve', {}],
    ['resolved', 'incident.resolve', {}],
    ["it's fixed", 'incident.resolve', {}],
    ['resolve because the deployment was taken back.', 'incident.resolve', { why: 'the deployment was taken back.' }],
    ['reopen', 'incident.reopen', {}],
    ['it is not over', 'incident.reopen', {}],
    ['snooze for 30 minutes', 'incident.snooze', { length: 30 }],
    ['snooze it 30 min', 'incident.snooze', { length: 30 }],
    ['snooze until 04:00', 'incident.snooze', { until: '2026-11-21T04:00:00.000Z' }],
    ['assign to Lee', 'incident.assign', { person: lee }],
    ['give it to Lee', 'incident.assign', { person: lee }],
    ['note checkout is slow again', 'incident.note', { note: 'checkout is slow again' }],
    ['who has it', 'incident.show', {}],
    ['status', 'incident.show', {}],
    ['/incident acknowledge', 'incident.acknowledge', {}],
  ])('%s', (text, command, args) => {
    expect(hear(text, [incident])).toMatchObject({
      outcome: 'intent',
      intent: { command, args: { ...args, incident } },
    })
  })

  test('“show” shows it', () => {
    const intent = { command: 'incident.show', args: { incident } }
    expect(hear('show', [incident])).toMatchObject({ outcome: 'intent', intent })
  })

  test('what is named counts, also where nothing has the name', () => {
    const other = { kind: 'Incident', id: 'inc-99' }
    expect(hear('ack INC-99', [incident])).toMatchObject({ intent: { args: { incident: other } } })
    expect(hear('ack INC-999', [incident])).toMatchObject({ outcome: 'unknown-name', name: 'INC-999' })
  })

  test('a proposal beside it is told apart by what is done', () => {
    expect(hear('ack', [incident, proposal])).toMatchObject({ intent: { args: { incident } } })
    expect(hear('approve', [incident, proposal])).toMatchObject({ intent: { args: { proposal } } })
    expect(hear('show', [incident, proposal])).toMatchObject({ outcome: 'choose' })
  })
})

describe("in a proposal's thread it need not be named", () => {
  test.each([
    ['approve', 'approval.approve', {}],
    ['LGTM', 'approval.approve', {}],
    ['I approve this', 'approval.approve', {}],
    ['reject', 'approval.reject', {}],
    ['reject because it is Friday', 'approval.reject', { reason: 'it is Friday' }],
    ['withdraw', 'approval.withdraw', {}],
    ['never mind', 'approval.withdraw', {}],
    ['who must approve this', 'approval.show', {}],
  ])('%s', (text, command, args) => {
    expect(hear(text, [proposal])).toMatchObject({
      outcome: 'intent',
      intent: { command, args: { ...args, proposal } },
    })
  })

  test.each([
    ['cancel', 'run.cancel'],
    ['how far is it', 'run.show'],
  ])('nor its run: %s', (text, command) => {
    expect(hear(text, [proposal])).toMatchObject({ outcome: 'intent', intent: { command, args: { run: proposal } } })
  })
})

describe('where nothing or several things are spoken of it is asked for', () => {
  test.each([
    'ack',
    'resolve this',
    'resolved',
    'snooze for 30 minutes',
    'who has it',
    'approve',
    'reject because it is Friday',
  ])('%s', (text) => {
    expect(hear(text)).toMatchObject({ outcome: 'incomplete' })
    expect(
      hear(text, [
        { kind: 'Incident', id: 'inc-131' },
        { kind: 'Incident', id: 'inc-99' },
        proposal,
        { ...proposal, id: 'PR-3' },
      ]),
    ).toMatchObject({ outcome: 'choose' })
  })

  test('what says not to do something asks nothing', () => {
    expect(hear("don't resolve")).toMatchObject({ declined: true })
  })

  test('what changes the world takes nothing from a thread', () => {
    const changing = createUnderstand(
      commands.map((one) => (one.id === 'incident.resolve' ? { ...one, effect: 'change' as const } : one)),
    )
    const speaker: Ref = { kind: 'Person', id: 'dana@contoso.example' }
    const heard = { tenant: 't', now: '2026-11-21T02:14:00.000Z', zone: 'UTC', locale: 'en', mentions: [], speaker }
    for (const text of ['resolve', 'resolve it', 'resolve because it is over'])
      expect(changing({ ...heard, text, subjects: [incident] }, names)).not.toMatchObject({
        intent: { command: 'incident.resolve', args: { incident } },
      })
  })
})

test.each(['show INC-999', 'resolve INC-9999', 'ack inc-7', 'show PR-77', 'approve PR-77'])(
  '%s names an id that nothing has',
  (text) => {
    expect(hear(text)).toMatchObject({ outcome: 'unknown-name', near: [] })
  },
)
