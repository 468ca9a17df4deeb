import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

// The least that anybody does who takes webhooks in with Node: reads each body, keeps nothing, answers as the hub does.
const read = async (request: IncomingMessage) => Buffer.concat(await request.toArray())
const server = createServer((request, response) => {
  void read(request).then(() => {
    response.writeHead(202, { 'content-type': 'application/json', 'content-length': 14 })
    response.end('{"accepted":1}')
  })
})
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }))
process.on('SIGTERM', () => process.exit(0))
