import { randomUUID } from 'node:crypto'
import type { Services } from '../frame/services.js'
import type { State } from '../frame/state.js'

/** A webhook on its way to the app. */
export interface Webhook {
  /** `X-GitHub-Event`. */
  event: string
  /** `X-GitHub-Delivery`; the same when it is delivered again. */
  guid: string
  body: Record<string, unknown>
}

/** Signs a webhook, brings it to the app and answers the status it got; rejects where nobody answers. */
export type SendWebhook = (webhook: Webhook) => Promise<number>

/** The headers that say what a webhook is, besides its signature. */
export const webhookHeaders = ({ event, guid }: Webhook): Record<string, string> => ({
  ...{ 'x-github-event': event, 'x-github-delivery': guid },
  'x-github-hook-installation-target-type': 'integration',
})

/** A delivery as the app's log keeps it. */
export interface Delivery extends Webhook {
  id: number
  /** Milliseconds since 1970. */
  at: number
  redelivery: boolean
  /** 0 where nobody answered. */
  status: number
  /** Milliseconds. */
  took: number
}

interface WebhookState {
  lastId: number
  deliveries: Delivery[]
}

/** Deliveries that are kept. GitHub keeps those of three days. */
const most = 250

const opened = new WeakMap<Services, Webhooks>()

/** The webhook of the local organisation's app; the same one for the same services. */
export function webhooksOf(services: Services): Webhooks {
  const known = opened.get(services)
  if (known) return known
  const state = services.open('github-webhooks', (): WebhookState => ({ lastId: 0, deliveries: [] }))
  const webhooks = new Webhooks(state, () => services.clock.now().getTime())
  opened.set(services, webhooks)
  return webhooks
}

/**
 * Brings the app's webhooks to it, one after another. As GitHub it tries each once; what did not arrive stays in the log, from which it can
 * be delivered again (docs.github.com, "Handling failed webhook deliveries").
 */
export class Webhooks {
  #send: SendWebhook | undefined
  #last = Promise.resolve()

  constructor(
    private readonly state: State<WebhookState>,
    private readonly now: () => number,
  ) {}

  /** Says where they go; until then they are only noted. */
  connect(send: SendWebhook): void {
    this.#send = send
  }

  /** Takes an event in; it is on its way when this returns. */
  announce(event: string, body: Record<string, unknown>): void {
    this.#deliver({ event, guid: randomUUID(), body: structuredClone(body) }, false)
  }

  /** Delivers one of the log again. @returns whether there is one */
  again(id: number): boolean {
    const known = this.state.value.deliveries.find((delivery) => delivery.id === id)
    if (known) this.#deliver(known, true)
    return known !== undefined
  }

  /** The log, the newest first. */
  get log(): Delivery[] {
    return [...this.state.value.deliveries].reverse()
  }

  /** Settles when everything that was announced until now was tried. */
  idle(): Promise<void> {
    return this.#last
  }

  #deliver({ event, guid, body }: Webhook, redelivery: boolean): void {
    this.#last = this.#last.then(async () => {
      const began = performance.now()
      const status = (await this.#send?.({ event, guid, body }).catch(() => 0)) ?? 0
      const { value } = this.state
      const took = Math.round(performance.now() - began)
      value.deliveries.push({ id: ++value.lastId, event, guid, body, at: this.now(), redelivery, status, took })
      value.deliveries.splice(0, value.deliveries.length - most)
      this.state.changed()
    })
  }
}
