import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Json } from '../model.js'
import { cardMessage, TestTenant } from './tenant.js'

let tenant: TestTenant
let now = 1_000_000
beforeAll(async () => {
  tenant = await TestTenant.start({ editMs: 0 })
  tenant.now = () => (now += 3_600_000) // limits are not what is tried here
})
afterAll(() => tenant.close())

/** JSON that looks like what is expected in places: known property names with values of any kind. */
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      null,
      true,
      0,
      -1,
      1e99,
      '',
      'message',
      'AdaptiveCard',
      '1.5',
      '<at>x</at>',
      'TextBlock',
      'Action.Execute',
    ),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        'type',
        'text',
        'attachments',
        'content',
        'contentType',
        'entities',
        'id',
        'body',
        'items',
        'actions',
        'card',
        'value',
        'fallback',
        'recipient',
        'channelData',
        'channel',
        'members',
        'activity',
        'refresh',
        'userIds',
      ),
      tie('any'),
      { maxKeys: 6 },
    ),
  ),
})).any

test('no nonsense makes the connector fail; what it refuses it says in its own way', async () => {
  const conversation = `v3/conversations/${encodeURIComponent(tenant.conversation('incidents'))}`
  await fc.assert(
    fc.asyncProperty(value, fc.constantFrom('send', 'create', 'card', 'targeted'), async (nonsense, how) => {
      const [path, body]: [string, unknown] =
        how === 'create'
          ? ['v3/conversations', nonsense]
          : how === 'card'
            ? [`${conversation}/activities`, cardMessage(nonsense as Json)]
            : [`${conversation}/activities${how === 'targeted' ? '?isTargetedActivity=true' : ''}`, nonsense]
      const answer = await tenant.raw('POST', path, body)
      expect([201, 400, 403, 404, 413]).toContain(answer.status)
      if (answer.status !== 201)
        expect(answer.body['error']).toEqual({ code: expect.any(String), message: expect.any(String) })
    }),
    { numRuns: 300 },
  )
  for (const { id } of await tenant.messages('incidents', 'dana'))
    expect((await tenant.post('/local/click', { as: 'dana', message: id, action: 'OK' })).status).toBe(404)
})

test('no nonsense makes the local API fail', async () => {
  const routes = [
    'say',
    'click',
    'submit',
    'refresh',
    'feedback',
    'react',
    'edit',
    'delete',
    'typing',
    'search',
    'unfurl',
    'extension',
    'install',
    'uninstall',
    'deliver',
    'faults',
    'clock',
  ]
  const fields = fc.dictionary(
    fc.constantFrom(
      'where',
      'text',
      'replyTo',
      'message',
      'action',
      'index',
      'inputs',
      'dialog',
      'reaction',
      'query',
      'link',
      'command',
      'source',
      'body',
      'headers',
      'target',
      'now',
      'consent',
      'block',
    ),
    fc.oneof(value, fc.constantFrom('incidents', 'personal/dana', 'constructor', '__proto__', 'dana')),
    { maxKeys: 5 },
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...routes), fields, async (route, body) => {
      const answer = await tenant.post(`/local/${route}`, { as: 'dana', ...body })
      expect([200, 400, 404, 409]).toContain(answer.status)
      if (answer.status !== 200) expect(answer.body['error']).toMatch(/[.]$/)
    }),
    { numRuns: 300 },
  )
})
