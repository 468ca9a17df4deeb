import { Agent, request } from 'node:http'

/** How a bot is driven. */
export interface Drive {
  /** Port of the bot's messaging endpoint on loopback. */
  port: number
  /** Bearer token of every request. */
  token: string
  body(): string
  /** Requests under way at a time, each on a connection of its own. */
  connections: number
  seconds: number
}

/** What came of driving it. */
export interface Driven {
  /** Seconds it took in fact, with the last answers. */
  seconds: number
  /** Milliseconds of each answered request, from sending to the end of the answer. */
  latencies: number[]
  /** How many answers had which status. */
  statuses: Record<number, number>
}

/** Keeps a number of connections busy for a time: on each, the next request goes out when the answer before is in. */
export async function drive({ port, token, body, connections, seconds }: Drive): Promise<Driven> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const latencies: number[] = []
  const statuses: Record<number, number> = {}
  const began = performance.now()
  const end = began + seconds * 1000
  const connection = async () => {
    while (performance.now() < end) {
      const sent = performance.now()
      const status = await post(agent, port, token, body())
      latencies.push(performance.now() - sent)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }
  try {
    await Promise.all(Array.from({ length: connections }, connection))
  } finally {
    agent.destroy()
  }
  return { seconds: (performance.now() - began) / 1000, latencies, statuses }
}

function post(agent: Agent, port: number, token: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${token}`,
    }
    const sent = request(
      { agent, host: '127.0.0.1', port, path: '/api/messages', method: 'POST', headers },
      (answer) => {
        answer.resume()
        answer.on('end', () => resolve(answer.statusCode!))
        answer.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.setTimeout(30_000, () => sent.destroy(new Error('no answer within 30 s')))
    sent.end(body)
  })
}
