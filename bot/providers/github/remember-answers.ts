import type { Octokit } from '@octokit/rest'

/** Characters of answers that are kept, in all. */
const usualRoom = 32_000_000

/** As much of an answer as is needed to give it again. */
interface Kept {
  etag: string
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
  const answers = new Map<string, Kept>()
  let kept = 0
  /** Keeps an answer as the newest; those that were not asked for longest make room. */
  function keep(name: string, answer: Kept): void {
    kept += answer.body.length - (answers.get(name)?.body.length ?? 0)
    answers.delete(name)
    answers.set(name, answer)
    for (const [oldest, { body }] of answers) {
      if (kept <= room) break
      answers.delete(oldest)
      kept -= body.length
    }
  }

  octokit.hook.wrap('request', async (request, options) => {
    if (options.method !== 'GET') return request(options)
    const { url, headers } = octokit.request.endpoint.parse(options)
    const name = `${String(headers.accept)} ${url}`
    const known = answers.get(name)
    // Changed in place: the hooks within this one, such as the app's authentication, hold the object that they were called with.
    if (known) options.headers['if-none-match'] = known.etag
    try {
      const answer = await request(options)
      const { etag } = answer.headers
      if (etag && answer.status === 200)
        keep(name, { etag, headers: answer.headers, body: JSON.stringify(answer.data) })
      return answer
    } catch (error) {
      const { status, response } = error as { status?: number; response?: { headers: Record<string, unknown> } }
      if (status !== 304 || !known) throw error
      keep(name, known)
      const data = JSON.parse(known.body) as unknown
      return { url, status: 200, headers: { ...known.headers, ...response?.headers }, data } as never
    }
  })
}
