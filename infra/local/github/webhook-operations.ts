import type { Router } from '../frame/router.js'
import { iso, or404, page } from './answers.js'
import type { Server } from './server.js'
import type { Delivery } from './webhooks.js'

/** The log of the app's webhook, with the app's JSON web token: what was delivered, and delivering it again. */
export function webhookOperations(router: Router, { webhooks, app }: Server): void {
  const brief = ({ id, guid, event, body, at, redelivery, status, took }: Delivery) => ({
    ...{ id, guid, delivered_at: iso(at), redelivery, duration: took / 1000, event, status_code: status },
    status: status === 0 ? 'failed to connect to host' : status < 300 ? 'OK' : `Invalid HTTP Response: ${status}`,
    ...{ action: body['action'] ?? null, installation_id: app.installationId, repository_id: null, throttled_at: null },
  })
  const whole = (delivery: Delivery) => ({
    ...brief(delivery),
    request: {
      headers: { 'X-GitHub-Event': delivery.event, 'X-GitHub-Delivery': delivery.guid },
      payload: delivery.body,
    },
    response: { headers: {}, payload: null },
  })
  router
    .get('/app/hook/deliveries', (request) => page(request, webhooks.log, brief))
    .get('/app/hook/deliveries/{id}', ({ params }) => ({
      status: 200,
      body: whole(or404(webhooks.log.find(({ id }) => String(id) === params.id))),
    }))
    .post('/app/hook/deliveries/{id}/attempts', ({ params }) => {
      or404(webhooks.again(Number(params.id)) || undefined)
      return { status: 202, body: {} }
    })
}
