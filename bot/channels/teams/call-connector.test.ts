import { expect, test } from '@jest/globals'
import { callConnector } from './call-connector.js'

const request = {
  serviceUrl: 'https://connector.example/',
  method: 'POST',
  path: 'v3/conversations/c/activities',
  body: {},
}

test('time that is left is no whole number of milliseconds, and is time all the same', async () => {
  const asked: { url: string; signal: AbortSignal }[] = []
  const fetch = (url: string, { signal }: { signal: AbortSignal }) => {
    asked.push({ url, signal })
    return Promise.resolve(Response.json({ id: '7' }))
  }
  const parts = { token: () => Promise.resolve('t'), fetch: fetch as unknown as typeof globalThis.fetch }
  expect(await callConnector({ ...request, patience: 1_234.567 }, parts)).toEqual({ body: { id: '7' } })
  expect(asked).toMatchObject([
    { url: 'https://connector.example/v3/conversations/c/activities', signal: { aborted: false } },
  ])
})
