import type { IncomingMessage } from 'node:http'
import type { VendorRequest } from './frame/router.js'

/** A request that no vendor could read; `status` 400 or 413. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest'
  constructor(
    readonly status: 400 | 413,
    message: string,
  ) {
    super(message)
  }
}

/** Who claims a path: the length of the prefix is cut off, the body is read up to the limit (bytes). */
export type Claim = (path: string) => { prefix: string; limit: number } | undefined

/**
 * Reads and decodes a request: path and query names percent-decoded, JSON and form bodies parsed.
 * @returns the request as vendors get it; `at` is the whole decoded path.
 * @throws BadRequest where the address, the encoding or the JSON is malformed (400) or the body too long (413).
 */
export async function readRequest(
  incoming: IncomingMessage,
  scheme: string,
  claim: Claim,
): Promise<VendorRequest & { at: string }> {
  const url = addressOf(incoming, scheme)
  const at = decodePath(url.pathname)
  const claimed = claim(at)
  const raw = await readBody(incoming, claimed?.limit ?? 0)
  return {
    at,
    method: incoming.method ?? 'GET',
    path: at.slice(claimed?.prefix.length ?? 0) || '/',
    url,
    query: queryOf(url),
    headers: incoming.headers as Record<string, string>,
    body: parseBody(raw, incoming.headers['content-type'] ?? ''),
    raw,
    params: {},
  }
}

/** Joined as text, so that a path beginning with `//` cannot name another host. */
function addressOf({ headers, url = '/' }: IncomingMessage, scheme: string): URL {
  const text = `${scheme}://${headers.host ?? 'localhost'}${url}`
  if (!url.startsWith('/') || !URL.canParse(text)) throw new BadRequest(400, 'The request target is malformed.')
  return new URL(text)
}

function decodePath(pathname: string): string {
  const trimmed = pathname.length > 1 && pathname.endsWith('/') ? pathname.replace(/\/+$/, '') || '/' : pathname
  if (!trimmed.includes('%')) return trimmed
  try {
    return decodeURIComponent(trimmed)
  } catch {
    throw new BadRequest(400, 'The path is not valid percent-encoded UTF-8.')
  }
}

/** A URL's parameters by lower-case name; a name that comes twice has its last value. */
export function queryOf(url: URL): Record<string, string> {
  if (!url.search) return {}
  const query: Record<string, string> = Object.create(null)
  for (const [name, value] of url.searchParams) query[name.toLowerCase()] = value
  return query
}

const empty = Buffer.alloc(0)

/** A body over the limit is read to its end, unkept, so that the client gets to hear the 413; far over, it is cut off. */
function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer> {
  if (incoming.headers['content-length'] === undefined && incoming.headers['transfer-encoding'] === undefined)
    return Promise.resolve(empty)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    incoming.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= limit) chunks.push(chunk)
      else if (length > limit + 64 * 1024 * 1024) incoming.destroy()
    })
    incoming.once('error', reject)
    incoming.once('close', () => reject(new BadRequest(400, 'The client went away.')))
    incoming.once('end', () =>
      length > limit
        ? reject(new BadRequest(413, `The body has ${length} bytes; ${limit} is the most.`))
        : resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)),
    )
  })
}

function parseBody(raw: Buffer, type: string): unknown {
  if (raw.length === 0) return undefined
  if (/^[^;]*[/+]json\b/i.test(type)) {
    try {
      return JSON.parse(raw.toString('utf8'))
    } catch (error) {
      throw new BadRequest(400, `The body is not valid JSON: ${(error as Error).message}`)
    }
  }
  if (/^application\/x-www-form-urlencoded\b/i.test(type))
    return Object.fromEntries(new URLSearchParams(raw.toString('utf8')))
  return undefined
}
