import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { createHubClient } from './hub-client.js'

test('a hub that is slow is not said to be absent, and one that is absent is', async () => {
  const server = createServer(() => {}) // hears, and never answers
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const hub = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    await expect(createHubClient(hub, 'token', undefined, 100).sync()).rejects.toThrow(/still at it after 0\.1 s/)
  } finally {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
  await expect(createHubClient(hub, 'token').status()).rejects.toThrow(`The hub at ${hub} does not answer.`)
})
