import { expect, test } from '@jest/globals'
import incidents from '../../skills/incidents/index.js'
import type { Event } from '../../skills/kit/event.js'
import type { Ref } from '../../skills/kit/model.js'
import onCall from '../../skills/on-call/index.js'
import { Names } from '../language/name-index.js'
import { createUnderstand } from '../language/understand.js'
import type { Caller } from './caller.js'
import { overhear } from './overhear.js'
import { createRegistry } from './registry.js'
import { smallHub, smallNow } from './testing/small-hub.js'

const registry = createRegistry([onCall, incidents])
const understand = createUnderstand(registry.commands)
const names = new Names([
  { kind: 'Service', id: 'auth-api', name: 'auth-api', aliases: [] },
  { kind: 'Incident', id: 'inc-12', name: 'INC-12', aliases: [] },
  { kind: 'Incident', id: 'inc-13', name: 'INC-13', aliases: [] },
])
const incident: Ref = { kind: 'Incident', id: 'inc-12' }
const { person } = smallHub({ skills: [] }).caller()
const inThread: Caller = {
  person,
  place: { kind: 'channel', id: '19:identity', team: 'identity', thread: '100' },
}

/** What came of words in a thread: answered, noticed, or nothing at all. */
async function say(text: string, { caller = inThread, subjects = [incident], listens = true } = {}) {
  const events: Event[] = []
  let understood = 0
  const outcome = await overhear({ text, id: 'a1' }, caller, {
    registry,
    clock: { now: () => smallNow },
    subjectsOf: async () => subjects,
    listens: async (team) => listens && team === 'identity',
    understood: async (words) => {
      understood++
      const hearing = {
        text: words,
        tenant: 'contoso',
        now: smallNow,
        zone: 'UTC',
        locale: 'en',
        mentions: [],
        subjects,
      }
      return understand({ ...hearing, speaker: { kind: 'Person', id: person.id } }, names)
    },
    hear: async () => ({ outcome: 'answer', args: {}, reply: { text: 'answered' } }),
    notice: async (event) => void events.push(event),
  })
  return {
    answered: outcome !== undefined,
    story: events.map(({ data }) => (data as { text: string }).text),
    events,
    understood,
  }
}

test.each([
  'ack',
  'ack it',
  'acknowledge',
  'I have it',
  'resolve it',
  'resolved',
  'snooze for 30 minutes',
  'ack INC-12',
  "who's on call for auth-api",
  'übernimm INC-12',
])('“%s” is for Nexus', async (text) => {
  expect(await say(text)).toMatchObject({ answered: true, story: [] })
})

test.each([
  'looks like the token cache again',
  'I restarted auth-api, did not help',
  'can somebody ack this?',
  "don't resolve it yet",
  'did you resolve it',
  'we should resolve it soon',
  'help',
  'incidents',
  "who's on call",
  'ack INC-13',
  'thanks, resolved nothing',
  'acked by whom',
  'ok',
])('“%s” is for people: Nexus is silent, and the story has it', async (text) => {
  expect(await say(text)).toMatchObject({ answered: false, story: [text] })
})

test('what mentions somebody is for them, whatever it says', async () => {
  const caller: Caller = { ...inThread, mentions: [{ kind: 'Person', id: 'lee@contoso.example' }] }
  expect(await say('resolve it', { caller })).toMatchObject({ answered: false, story: ['resolve it'], understood: 0 })
})

test.each<[what: string, over: Parameters<typeof say>[1]]>([
  ['without consent', { listens: false }],
  ['in a thread of others', { subjects: [] }],
  ['in a thread about something else', { subjects: [{ kind: 'Service', id: 'auth-api' }] }],
  ['of another team', { caller: { ...inThread, place: { ...inThread.place, team: 'payments' } } }],
  ['in a channel of no team', { caller: { ...inThread, place: { kind: 'channel', id: '19:x', thread: '100' } } }],
  ['in a group chat', { caller: { ...inThread, place: { kind: 'group', id: '19:x' } } }],
  ['from a guest', { caller: { ...inThread, person: { ...person, guest: true } } }],
])('%s nothing is understood, answered or kept', async (_, over) => {
  expect(await say('resolve it', over)).toMatchObject({ answered: false, story: [], understood: 0 })
})

test('in an approval’s thread it answers what is for it, and tells no story', async () => {
  const subjects: Ref[] = [{ kind: 'Proposal', id: 'PR-1' }]
  expect(await say('looks risky to me', { subjects })).toMatchObject({ answered: false, story: [] })
  expect(await say("who's on call for auth-api", { subjects })).toMatchObject({ answered: true })
})

test('a reply is told once by its own name, with whose it is', async () => {
  const { events } = await say('cache is full')
  expect(events).toEqual([
    expect.objectContaining({
      ...{ id: 'reply/19:identity/a1', type: 'thread.replied', subjects: [incident] },
      data: { by: { id: person.id, objectId: person.objectId, name: person.name }, text: 'cache is full' },
    }),
  ])
})
