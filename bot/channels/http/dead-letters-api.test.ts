import { expect, test } from '@jest/globals'
import type { Person, Role } from '../../../skills/kit/model.js'
import { deadLettersApi, type DeadLetters } from './dead-letters-api.js'

const letter = {
  source: 'github',
  id: 'd-1',
  at: '2026-11-21T08:00:00.000Z',
  attempts: 1,
  reason: 'It is in no schema.',
}
const body = '<img src=x onerror=alert(1)>\u001b[2J'
const revived: string[] = []
const letters: DeadLetters = {
  count: async () => 1,
  list: async (after) => (after ? { letters: [] } : { letters: [letter], after: 'next' }),
  get: async (source, id) => (source === 'github' && id === 'd-1' ? { ...letter, headers: {}, body } : undefined),
  revive: async (source, id) => (revived.push(`${source}/${id}`), id === 'd-1'),
}

function ask(role: Role, method: 'GET' | 'POST', path: string, query: Record<string, string> = {}, sent?: unknown) {
  const person = { id: 'p@contoso.example', name: 'P', roles: [role] } as unknown as Person
  const routes = deadLettersApi(
    letters,
    (handle) => (request) => handle(request, { tenantId: 't', objectId: 'o' }),
    () => person,
  )
  const route = routes.find((one) => one.method === method && one.path === path)!
  return route.handle({ body: sent, authorization: 'x', headers: {}, query: new URLSearchParams(query) })
}

test('administrators list, look and revive', async () => {
  expect(await ask('admin', 'GET', '/api/dead-letters')).toEqual({
    status: 200,
    body: { letters: [letter], after: 'next' },
  })
  expect(await ask('admin', 'GET', '/api/dead-letters', { after: 'next' })).toMatchObject({ body: { letters: [] } })
  const seen = await ask('admin', 'GET', '/api/dead-letters', { source: 'github', id: 'd-1' })
  expect(seen).toMatchObject({ status: 200, body: { body } })
  const one = { source: 'github', id: 'd-1' }
  expect((await ask('admin', 'POST', '/api/dead-letters/revive', {}, one)).status).toBe(200)
  expect(revived).toEqual(['github/d-1'])
})

test('what is not there, or not said, is said', async () => {
  const gone = { source: 'github', id: 'd-2' }
  expect((await ask('admin', 'GET', '/api/dead-letters', gone)).status).toBe(404)
  expect((await ask('admin', 'POST', '/api/dead-letters/revive', {}, gone)).status).toBe(404)
  await expect(ask('admin', 'GET', '/api/dead-letters', { source: 'github' })).rejects.toThrow()
  await expect(ask('admin', 'POST', '/api/dead-letters/revive', {}, {})).rejects.toThrow()
})

test.each<Role>(['guest', 'developer', 'platform-engineer'])('a %s sees none of it', async (role) => {
  const before = revived.length
  for (const answer of [
    await ask(role, 'GET', '/api/dead-letters'),
    await ask(role, 'POST', '/api/dead-letters/revive', {}, { source: 'github', id: 'd-1' }),
  ])
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'NotAllowed' } } })
  expect(revived).toHaveLength(before)
})
