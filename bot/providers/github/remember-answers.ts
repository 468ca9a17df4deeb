import { LRUCache } from 'lru-cache'
import type { Octokit } from '@octokit/rest'

/** Characters of answers that are kept, in all. */
const usualRoom = 32_000_000

/** As much of an answer as is needed to give it again. */
interface Kept {
  etag: string
  status: number
  headers: Record<string, unknown>
  /** JSON: readers change what they are given, `paginate` among them. */
  body: string
}

/**
 * Asks with the ETag of the answer before, so that what has not changed costs none of the quota (docs.github.com, "Use conditional
 * requests if appropriate"). What is asked most rarely is forgotten first.
 * @param room characters of answers that are kept, in all
 */
export function rememberAnswers(octokit: Octokit, room = usualRoom): void {
  const answers = new LRUCache<string, Kept>({ maxSize: room, sizeCalculation: ({ body }) => body.length + 1 })
  octokit.hook.wrap('request', async (request, options) => {
    if (options.method !== 'GET') return request(options)
    const { url, headers } = octokit.request.endpoint.parse(options)
    const name = `${String(headers.accept)} ${url}`
    const kept = answers.get(name)
    try {
      const answer = await request(
        kept ? { ...options, headers: { ...options.headers, 'if-none-match': kept.etag } } : options,
      )
      const { etag } = answer.headers
      if (etag && answer.status === 200)
        answers.set(name, { etag, status: 200, headers: answer.headers, body: JSON.stringify(answer.data) })
      return answer
    } catch (error) {
      const { status, response } = error as { status?: number; response?: { headers: Record<string, unknown> } }
      if (status !== 304 || !kept) throw error
      const body = JSON.parse(kept.body) as unknown
      return { url, status: kept.status, headers: { ...kept.headers, ...response?.headers }, data: body } as never
    }
  })
}
