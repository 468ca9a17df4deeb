import { z } from 'zod/v4'
import type { TenantClock } from './frame/clock.js'
import { ok, Router, type Vendor } from './frame/router.js'

const NewTime = z.strictObject({ now: z.iso.datetime({ offset: true }) })

/** What the tenant says of itself: `GET /healthz`, and business time by `GET /clock` and `POST /clock {now}`. */
export function control(clock: TenantClock): Vendor {
  const router = new Router({
    notFound: () => ({ status: 404, body: { error: 'There are GET /healthz and GET or POST /clock.' } }),
  })
    .get('/healthz', () => ok({ status: 'ok' }))
    .get('/clock', () => ok({ now: clock.now().toISOString() }))
    .post('/clock', ({ body }) => {
      const wish = NewTime.safeParse(body)
      if (!wish.success) return { status: 400, body: { error: 'Give { "now": an ISO 8601 moment with its zone }.' } }
      clock.set(new Date(wish.data.now))
      return ok({ now: clock.now().toISOString() })
    })
  return {
    name: 'tenant',
    prefixes: ['/healthz', '/clock'],
    handle: (request) => router.handle({ ...request, path: request.url.pathname.replace(/\/+$/, '') }),
  }
}
