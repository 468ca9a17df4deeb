import { Agent, request } from 'node:http'

/** Brings webhooks over connections that stay open. */
export interface WebhookSender {
  /** Brings one body and resolves when it was accepted. @throws where it was not */
  post(path: string, body: string): Promise<void>
  close(): void
}

/** A sender to a port of loopback. */
export function createWebhookSender(port: number, connections: number): WebhookSender {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  return {
    post: (path, body) =>
      new Promise((resolve, reject) => {
        const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
        const sent = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, (answer) => {
          answer.resume()
          answer.on('end', () =>
            answer.statusCode === 202 ? resolve() : reject(new Error(`a webhook was answered ${answer.statusCode}`)),
          )
          answer.on('error', reject)
        })
        sent.on('error', reject)
        sent.end(body)
      }),
    close: () => agent.destroy(),
  }
}
