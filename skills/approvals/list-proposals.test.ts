import { expect, test } from '@jest/globals'
import { entity, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import type { Person } from '../kit/model.js'
import type { People, Proposals } from '../kit/ports.js'
import type { Proposal } from '../kit/proposal.js'
import approvals from './index.js'

const someone = (id: string, name: string): Person => ({
  ...{ tenant: 'contoso', id, objectId: id, name, roles: ['developer'], zone: 'UTC', locale: 'en', guest: false },
})
const people = [someone('jonas@contoso.example', 'Jonas Weber'), someone('ruth@contoso.example', 'Ruth Adler')]
const change = (id: string, title: string, by: string): Proposal => ({
  ...{ id, by: { id: by, objectId: by, name: by }, at: '2026-11-21T02:00:00.000Z', hash: id, state: 'waiting' },
  place: { kind: 'channel', id: 'incidents' },
  intent: { command: 'action.slot.swap', args: {} },
  plan: {
    ...{ target: { kind: 'Service', id: 'shop' }, title, consequence: 'Seconds without answers.', risk: 'medium' },
    ...{ args: {}, before: {}, after: {}, binds: {}, guards: [], requests: [], undo: { impossible: 'It is done.' } },
  },
  policy: { rule: 'default', version: '1' },
  stages: [{ who: { role: 'developer' }, need: 1 }],
  ...{ votes: [], expires: '2026-11-21T03:00:00.000Z' },
})
const known = [change('PR-1', 'Scale shop', 'mei'), change('PR-2', 'Swap shop', 'jonas@contoso.example')]
/** Who may decide what. */
const may: Record<string, string[]> = { 'PR-1': ['jonas@contoso.example'], 'PR-2': ['ruth@contoso.example'] }
const proposals: Pick<Proposals, 'list' | 'mayDecide'> = {
  list: async ({ by } = {}) =>
    known.filter((one) => by === undefined || one.by.id === by).map((proposal) => ({ proposal })),
  mayDecide: async ({ id }, { id: who }) => ({ allowed: may[id]!.includes(who), reason: '' }),
}
const directory: Pick<People, 'get' | 'fitting'> = {
  get: async (id) => people.find((one) => one.id === id),
  fitting: async (rule) => ('team' in rule && rule.team === 'payments' ? people : []),
}
const small = smallHub({
  skills: [approvals],
  records: [
    ...people.map(({ id, name }) => entity('Person', id, { objectId: id, mail: id, summary: name })),
    entity('Person', 'gone@contoso.example'),
    entity('Team', 'payments'),
    entity('Service', 'shop', {}, [to('ownedBy', 'Team', 'payments')]),
  ],
  ports: { proposals: proposals as Proposals, people: directory as People },
})
const ask = async (args: Record<string, { kind: string; id: string }>) => {
  const { reply } = await small.hub.run({ command: 'approval.list', args }, small.caller())
  return { card: reply.card, said: (await small.read(reply)).replace(/\s+/g, ' ') }
}
const person = (id: string) => ({ person: { kind: 'Person', id: `${id}@contoso.example` } })

test('what waits for somebody else is listed, and what they asked for', async () => {
  const { card, said } = await ask(person('jonas'))
  expect(card).toMatchObject({ title: '1 change waits for Jonas Weber' })
  expect(said).toMatch(/Wait for Jonas Weber.*Scale shop.*Asked for by Jonas Weber.*Swap shop/)
})

test('of a team all is listed that one of it may decide', async () => {
  const { card, said } = await ask({ team: { kind: 'Team', id: 'payments' } })
  expect(card).toMatchObject({ title: '2 changes wait for payments' })
  expect(said).toMatch(/Scale shop.*Swap shop/)
})

test('the asker’s own are listed where nobody is named', async () => {
  expect((await ask({})).card).toMatchObject({ title: 'Nothing waits for you' })
})

test('nothing waits for somebody without an account, and it is said so', async () => {
  expect((await ask(person('gone'))).said).toMatch(/has no account/)
})
