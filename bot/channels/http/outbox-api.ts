import { z } from 'zod/v4'
import type { Person } from '../../../skills/kit/model.js'
import type { Actor } from '../../../skills/kit/proposal.js'
import { permit, sayDecision } from '../../hub/access/permit.js'
import type { HttpAnswer, HttpRequest, JsonRoute } from './http-server.js'
import type { TokenPerson } from './verify-user-token.js'

/** An item of the outbox as an operator reads it. */
export interface SeenItem {
  partition: string
  id: string
  /** When it was enqueued. */
  at: string
  /** Name of the channel, chat or person it goes to. */
  where: string
  /** First line of what it says. */
  what: string
  state: 'queued' | 'unknown' | 'dead'
  attempts: number
  /** What the last attempt came to. */
  reason?: string
}

/** The outbox, as operators see it and decide about what it left to them. */
export interface OutboxDesk {
  counts(): Promise<Record<SeenItem['state'], number>>
  /** Items that wait for their sending or for a person, those enqueued last first, at most 100 of each state. */
  items(): Promise<SeenItem[]>
  /** Notes who decided and why, then sends an item again or gives it up. */
  decide(
    what: 'revive' | 'drop',
    item: { partition: string; id: string },
    reason: string,
    by: Actor,
  ): Promise<'done' | 'replaced' | 'absent'>
}

const Decision = z.strictObject({
  partition: z.string().min(1).max(640),
  id: z.string().min(1).max(640),
  decision: z.enum(['revive', 'drop']),
  reason: z.string().trim().min(3, 'say why, in a few words').max(500),
})

type AsPerson = (
  handle: (request: HttpRequest, person: TokenPerson) => Promise<HttpAnswer>,
) => (request: HttpRequest) => Promise<HttpAnswer>

/** `GET /api/outbox` and `POST /api/outbox {partition, id, decision, reason}`, for Platform Engineers and Admins. */
export function outboxApi(desk: OutboxDesk, asPerson: AsPerson, personOf: (token: TokenPerson) => Person): JsonRoute[] {
  const asOperator = (handle: (request: HttpRequest, person: Person) => Promise<HttpAnswer>) =>
    asPerson(async (request, token) => {
      const person = personOf(token)
      const decision = permit({ person, use: { title: 'the outbox', role: 'platform-engineer' } })
      return decision.allowed ? handle(request, person) : refusal(403, 'NotAllowed', sayDecision(decision))
    })
  return [
    {
      method: 'GET',
      path: '/api/outbox',
      handle: asOperator(async () => {
        const [counts, items] = await Promise.all([desk.counts(), desk.items()])
        return { status: 200, body: { counts, items } }
      }),
    },
    {
      method: 'POST',
      path: '/api/outbox',
      handle: asOperator(async ({ body }, person) => {
        const { partition, id, decision, reason } = Decision.parse(body)
        const came = await desk.decide(decision, { partition, id }, reason, actorOf(person))
        if (came === 'done') return { status: 200, body: { state: decision === 'revive' ? 'queued' : 'dropped' } }
        return came === 'replaced'
          ? refusal(409, 'Conflict', 'A later edit of the same message was sent or waits; drop this one.')
          : refusal(404, 'NotFound', 'No item of that name waits for a person.')
      }),
    },
  ]
}

const actorOf = ({ id, objectId, name }: Person): Actor => ({ id, objectId, name })

const refusal = (status: number, code: string, message: string): HttpAnswer => ({
  status,
  body: { error: { code, message } },
})
