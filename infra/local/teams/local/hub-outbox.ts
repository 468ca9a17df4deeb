import { isObject } from '../card-check.js'
import type { TeamsContext } from '../context.js'
import { Refusal } from '../refusal.js'

const patienceMs = 10_000

/** The hub's outbox as one person may see it, with that person's own token. */
export async function hubOutbox({ options, hubs }: TeamsContext, person: string): Promise<unknown> {
  if (!options.hubToken) throw new Refusal(404, 'This tenant issues no tokens for the hub.')
  const headers = { authorization: `Bearer ${await options.hubToken(person)}` }
  const signal = AbortSignal.timeout(patienceMs)
  const answer = await hubs.ask('/api/outbox', { headers, signal }).catch(() => undefined)
  if (!answer) throw new Refusal(409, `The hub at ${options.hub} did not answer. Is it running?`)
  const body: unknown = await answer.json().catch(() => undefined)
  if (answer.ok) return body
  const error = isObject(body) ? body['error'] : undefined
  const message = isObject(error) ? String(error['message']) : `The hub answered ${answer.status}.`
  throw new Refusal(answer.status === 403 ? 403 : 409, message)
}
