import type { IncomingMessage } from 'node:http'

/** How much more than allowed is read and thrown away, so that its sender reads the answer instead of a broken connection. */
const mostDiscarded = 8 * 1024 * 1024

/**
 * The bytes of a body as they came; undefined where there are more than `largest`.
 * @throws where the connection ends before the body does
 */
export function readRawBody(request: IncomingMessage, largest: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= largest) chunks.push(chunk)
      else if (size > largest + mostDiscarded) resolve(undefined)
    })
    request.on('end', () =>
      resolve(size > largest ? undefined : chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)),
    )
    request.on('error', reject)
    request.on('close', () => reject(new Error('The sender went before the body had come.')))
  })
}
