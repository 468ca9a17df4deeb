import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

// As little as a hub could do between what comes and what it sends: `relay.js <address>` accepts every body and posts it there.
const [address] = process.argv.slice(2)
if (!address) throw new Error('usage: relay <address>')

async function pass(request: IncomingMessage): Promise<void> {
  const body = Buffer.concat(await request.toArray())
  const answer = await fetch(address!, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  await answer.arrayBuffer()
}

const server = createServer((request, response) => {
  pass(request).then(
    () => response.writeHead(202).end(),
    () => response.writeHead(502).end(),
  )
})
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }))
process.on('SIGTERM', () => process.exit(0))
