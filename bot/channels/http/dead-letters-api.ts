import { z } from 'zod/v4'
import type { Person } from '../../../skills/kit/model.js'
import { permit, sayDecision } from '../../hub/access/permit.js'
import type { DeadLetter } from '../../dead-letter.js'
import type { HttpAnswer, HttpRequest, JsonRoute } from './http-server.js'
import type { TokenPerson } from './verify-user-token.js'

/** The deliveries that wait for a person. */
export interface DeadLetters {
  count(): Promise<number>
  /** The last ones first, 20 a page. */
  list(after?: string): Promise<{ letters: DeadLetter[]; after?: string }>
  /** One with its body as it came; undefined where there is no such dead letter. */
  get(source: string, id: string): Promise<(DeadLetter & { headers: Record<string, string>; body: string }) | undefined>
  /** Puts one back into the queue. @returns false where there is no such dead letter */
  revive(source: string, id: string): Promise<boolean>
}

type AsPerson = (
  handle: (request: HttpRequest, person: TokenPerson) => Promise<HttpAnswer>,
) => (request: HttpRequest) => Promise<HttpAnswer>

const Which = z.strictObject({ source: z.string().min(1).max(640), id: z.string().min(1).max(640) })

/**
 * What administrators look at and put right: deliveries that were taken in and could not be worked on. A body goes out as a JSON text, so
 * that whatever it holds is shown and does nothing.
 */
export function deadLettersApi(
  letters: DeadLetters,
  asPerson: AsPerson,
  personOf: (token: TokenPerson) => Person,
): JsonRoute[] {
  const asAdmin = (handle: (request: HttpRequest) => Promise<HttpAnswer>) =>
    asPerson(async (request, token) => {
      const decision = permit({
        person: personOf(token),
        use: { title: 'the list of webhooks that could not be read', role: 'admin' },
      })
      return decision.allowed ? handle(request) : refusal(403, 'NotAllowed', sayDecision(decision))
    })
  return [
    {
      method: 'GET',
      path: '/api/dead-letters',
      handle: asAdmin(async ({ query }) => {
        const [source, id] = [query.get('source'), query.get('id')]
        if (source === null && id === null)
          return { status: 200, body: await letters.list(query.get('after') ?? undefined) }
        const which = Which.parse({ source, id })
        const letter = await letters.get(which.source, which.id)
        return letter ? { status: 200, body: letter } : notThere
      }),
    },
    {
      method: 'POST',
      path: '/api/dead-letters/revive',
      handle: asAdmin(async ({ body }) => {
        const { source, id } = Which.parse(body)
        return (await letters.revive(source, id)) ? { status: 200, body: { revived: true } } : notThere
      }),
    },
  ]
}

const refusal = (status: number, code: string, message: string): HttpAnswer => ({
  status,
  body: { error: { code, message } },
})
const notThere = refusal(404, 'NotFound', 'There is no such dead letter. Somebody may have revived it.')
