import { z } from 'zod/v4'
import { ok, type Router } from '../../frame/router.js'
import type { TeamsContext } from '../context.js'
import { moveClock } from '../hubs.js'
import type { Json } from '../model.js'
import { Refusal } from '../refusal.js'
import { deliver } from '../webhooks/deliver.js'
import { parseTime, required } from './read-request.js'

const FaultBody = z.strictObject({
  target: z.string().min(1),
  status: z.int().min(400).max(599).optional(),
  ratio: z.number().gt(0).max(1).optional(),
  delayMs: z.int().min(0).optional(),
  count: z.int().min(1).optional(),
})

const HeadersBody = z.record(z.string().regex(/^[\w-]+$/), z.string().regex(/^[\x20-\x7e]*$/))

/** What moves the tenant as a whole. */
export function tenantRoutes(router: Router, context: TeamsContext): void {
  const { options, services, hubs } = context
  router
    .post('/local/deliver', async ({ body }) => {
      const { source, body: sent, headers } = body as Json
      const given = HeadersBody.safeParse(headers ?? {})
      if (!given.success) throw new Refusal(400, '`headers` is an object of header name to value.')
      return ok(await deliver(context, source, sent, new Headers(given.data)))
    })
    .post('/local/faults', ({ body }) => {
      const fault = FaultBody.safeParse(body)
      if (!fault.success)
        throw new Refusal(400, `A fault is {target, status?, ratio?, delayMs?, count?}. ${said(fault.error)}.`)
      if (!options.faults) throw new Refusal(409, 'This tenant takes no faults.')
      const given = Object.entries(fault.data).filter(([, value]) => value !== undefined)
      try {
        options.faults.add({ ...Object.fromEntries(given), target: fault.data.target })
      } catch (error) {
        if (error instanceof RangeError) throw new Refusal(400, error.message)
        throw error
      }
      return ok({})
    })
    .delete('/local/faults', () => {
      options.faults?.clear()
      return ok({})
    })
    .get('/local/clock', () => ok({ now: services.clock.now().toISOString() }))
    .post('/local/clock', async ({ body }) => {
      const now = new Date(parseTime(required(body as Json, 'now', 'an instant such as 2026-11-21T08:30:00Z')))
      services.clock.set(now)
      if (options.movesHubClocks) await hubs.moveClocks(now)
      return ok({ now: services.clock.now().toISOString() })
    })
    .get('/local/hubs', () => ok(hubs.list()))
    .post('/local/hubs', async ({ body }) => {
      const hub = required(body as Json, 'hub', 'the address of a hub, such as http://127.0.0.1:3980')
      if (!/^http:\/\/127\.0\.0\.1:\d{1,5}$/.test(hub))
        throw new Refusal(400, `'${hub}' is no address of this machine such as http://127.0.0.1:3980.`)
      const isNew = hubs.add(hub)
      if (options.movesHubClocks) await moveClock(hub, services.clock.now())
      return ok({ hubs: hubs.list(), new: isNew })
    })
}

/** A schema's complaints in one line. */
const said = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => (path.length ? `${path.join('.')}: ${message}` : message)).join('; ')
