import { expect, test } from '@jest/globals'
import { entity, smallHub, smallNow, to } from '../../bot/hub/testing/small-hub.js'
import type { Caller } from '../../bot/hub/caller.js'
import type { Role } from '../kit/model.js'
import type { Records, RecordWrite } from '../kit/records.js'
import listening from './index.js'

const records = [
  entity('Team', 'identity', {}, [to('leadBy', 'Person', 'rafael@contoso.example')]),
  entity('Person', 'rafael@contoso.example', {}, [to('memberOf', 'Team', 'identity')]),
  entity('Person', 'dana@contoso.example', {}, [to('memberOf', 'Team', 'identity')]),
]

/** A skill's memory, as far as consents need one. */
function house() {
  const kept = new Map<string, unknown>()
  const written: RecordWrite[] = []
  const memory: Pick<Records, 'get' | 'commit'> = {
    get: async <T>({ partition, kind, id }: { partition: string; kind: string; id: string }) =>
      kept.has(id) ? { partition, kind, id, etag: '1', data: kept.get(id) as T } : undefined,
    async commit(_partition, writes) {
      written.push(...writes)
      for (const write of writes)
        if (write.op === 'put') kept.set(write.id, write.data)
        else if (write.op === 'delete') kept.delete(write.id)
    },
  }
  const small = smallHub({ skills: [listening], records, recordsOf: () => memory as Records })
  const say = async (text: string, id = 'rafael', role: Role = 'team-lead', team: string | undefined = 'identity') => {
    const one = small.caller(role, 'channel')
    const caller: Caller = {
      person: { ...one.person, id: `${id}@contoso.example`, name: id },
      place: { ...one.place, ...(team && { team }) },
    }
    const { outcome, reply } = await small.hub.hear(text, caller)
    return { outcome, said: await small.read(reply), buttons: (reply.buttons ?? []).map(({ title }) => title) }
  }
  return { say, kept, written }
}

test('who leads a team lets it listen, is told what that means, and takes it back', async () => {
  const { say, kept, written } = house()
  expect((await say('do you listen here')).said).toContain('only where I am mentioned')
  const on = await say("listen in this team's threads")
  expect(on).toMatchObject({ outcome: 'note', buttons: ['Stop listening'] })
  expect(on.said.replace(/\s+/g, ' ')).toMatch(
    /without a mention\..*I stay silent unless one asks me.*Nothing else in the team is read or kept/,
  )
  expect(kept.get('identity')).toMatchObject({ by: { id: 'rafael@contoso.example' }, at: smallNow })
  expect((await say('are you listening here', 'dana', 'developer')).said).toMatch(/rafael let me, just now/)
  expect((await say('stop listening')).buttons).toEqual(['Listen in these threads'])
  expect([...kept]).toEqual([])
  expect(written.flatMap((write) => (write.op === 'audit' ? [write.entry.action] : []))).toEqual([
    'listening.started',
    'listening.stopped',
  ])
  expect(written.flatMap((write) => (write.op === 'tell' ? [[write.event.type, write.event.data]] : []))).toEqual([
    ['listening.changed', { on: true }],
    ['listening.changed', { on: false }],
  ])
})

test('said twice it is so once', async () => {
  const { say, written } = house()
  await say('listen here')
  await say('listen here')
  expect(written.filter(({ op }) => op === 'put')).toHaveLength(1)
})

test.each<[who: string, role: Role, outcome: string]>([
  ['dana', 'developer', 'refuse'],
  ['dana', 'platform-engineer', 'refuse'],
  ['mallory', 'team-lead', 'refuse'],
  ['dana', 'team-lead', 'note'],
  ['ruth', 'admin', 'note'],
])('%s as %s: %s', async (who, role, outcome) => {
  const { say, kept } = house()
  expect((await say('start listening', who, role)).outcome).toBe(outcome)
  expect(kept.size).toBe(outcome === 'note' ? 1 : 0)
})

test('where there is no team, or one that nobody knows, there is nothing to listen to', async () => {
  const { say } = house()
  for (const team of ['', 'no-such-team'])
    expect(await say('listen here', 'ruth', 'admin', team)).toMatchObject({ outcome: 'refuse' })
})
