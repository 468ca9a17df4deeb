import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Json } from '../model.js'
import { TestTenant } from '../testing/tenant.js'

let folder: string
let tenant: TestTenant
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-teams-'))
  const manifest = join(folder, 'manifest.json')
  const commands = [
    { id: 'find', type: 'query', title: 'Find', parameters: [{ name: 'words' }] },
    { id: 'declare', type: 'action', title: 'Declare incident' },
  ]
  const messageHandlers = [{ type: 'link', value: { domains: ['*.contoso.example'] } }]
  writeFileSync(manifest, JSON.stringify({ composeExtensions: [{ commands, messageHandlers }] }))
  tenant = await TestTenant.start({ manifest })
})
afterEach(async () => {
  await tenant.close()
  rmSync(folder, { recursive: true })
})

const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'auth-api' }] }
const found = {
  composeExtension: {
    type: 'result',
    attachmentLayout: 'list',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: card,
        preview: {
          contentType: 'application/vnd.microsoft.card.thumbnail',
          content: { title: 'auth-api', text: 'Identity' },
        },
      },
    ],
  },
}

test('a search asks the manifest’s query command and lists previews with their cards', async () => {
  tenant.bot.answer = () => ({ status: 200, body: found })
  const { body } = await tenant.post('/local/search', { as: 'dana', query: 'auth' })
  expect(body).toEqual({ results: [{ title: 'auth-api', text: 'Identity', card }] })
  expect((await tenant.bot.received('invoke'))[0]).toMatchObject({
    name: 'composeExtension/query',
    from: { id: tenant.mri('dana') },
    value: { commandId: 'find', parameters: [{ name: 'words', value: 'auth' }], queryOptions: { skip: 0, count: 25 } },
  })
  await tenant.post('/local/search', { as: 'dana', query: '', skip: 25 })
  expect((await tenant.post('/local/search', { as: 'dana', query: '', skip: -1 })).status).toBe(400)
  expect((await tenant.bot.received('invoke', 2))[1]).toMatchObject({
    value: { parameters: [{ name: 'initialRun' }], queryOptions: { skip: 25, count: 25 } },
  })
  tenant.bot.answer = () => ({ status: 200, body: { composeExtension: { type: 'message', text: 'Nothing found' } } })
  expect((await tenant.post('/local/search', { as: 'dana', query: 'x' })).body).toEqual({
    results: [],
    message: 'Nothing found',
  })
  tenant.bot.answer = () => ({ status: 500 })
  expect((await tenant.post('/local/search', { as: 'dana', query: 'x' })).body['error']).toMatch(/500/)
})

test('a link of the app’s domains is previewed', async () => {
  tenant.bot.answer = () => ({ status: 200, body: found })
  const link = 'https://portal.contoso.example/services/auth-api'
  const { body } = await tenant.post('/local/unfurl', { as: 'dana', where: 'incidents', link })
  expect(body['results']).toHaveLength(1)
  expect((await tenant.bot.received('invoke'))[0]).toMatchObject({
    name: 'composeExtension/queryLink',
    value: { url: link },
  })
  for (const other of ['https://contoso.example.org/', 'https://a.b.contoso.example/', 'https://contoso.example/'])
    expect((await tenant.post('/local/unfurl', { as: 'dana', link: other })).status).toBe(409)
  expect((await tenant.post('/local/unfurl', { as: 'dana', link: 'no link' })).status).toBe(400)
})

test('what was found goes out with a message, everybody sees it, and a bot that is mentioned gets it', async () => {
  await tenant.post('/local/say', { as: 'dana', where: 'incidents', text: '', cards: [card] })
  await tenant.post('/local/say', { as: 'dana', where: 'incidents', text: '@Nexus look', cards: [card] })
  const seen = (await tenant.get('/local/messages?where=incidents&as=lee')).body as unknown as Json[]
  expect(seen.map(({ text, card: shown }) => [text, shown])).toEqual([
    ['', card],
    [expect.stringContaining('look'), card],
  ])
  const [heard] = await tenant.bot.received('message')
  expect(heard!['attachments']).toEqual([
    expect.objectContaining({ contentType: 'text/html' }),
    { contentType: 'application/vnd.microsoft.card.adaptive', content: card },
  ])
})

test('an action command opens a dialog; submitting it gives a card for the compose box', async () => {
  const form = {
    ...card,
    body: [{ type: 'Input.Text', id: 'title' }],
    actions: [{ type: 'Action.Submit', title: 'Go' }],
  }
  tenant.bot.answer = ({ name }) =>
    name === 'composeExtension/fetchTask'
      ? {
          status: 200,
          body: {
            task: {
              type: 'continue',
              value: {
                title: 'Declare',
                height: 300,
                card: { contentType: 'application/vnd.microsoft.card.adaptive', content: form },
              },
            },
          },
        }
      : { status: 200, body: found }
  const opened = await tenant.post('/local/extension', { as: 'dana', where: 'incidents', command: 'Declare incident' })
  const dialog = opened.body['dialog'] as Json
  expect(dialog).toMatchObject({ title: 'Declare', height: 300 })
  expect(
    (await tenant.post('/local/submit', { as: 'dana', dialog: dialog['id'], inputs: { title: 'x' } })).body,
  ).toEqual({ card })
  expect((await tenant.bot.received('invoke', 2))[1]).toMatchObject({
    name: 'composeExtension/submitAction',
    value: { commandId: 'declare', data: { title: 'x' } },
  })
  expect((await tenant.post('/local/extension', { as: 'dana', command: 'Find' })).status).toBe(404)
})
