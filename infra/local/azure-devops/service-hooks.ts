import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { uuidOf } from '../frame/ids.js'
import { iso } from './answers.js'
import { eventTypes, type HookEvent, type Subscription } from './hook-event.js'
import { projectId, type AzureDevOpsState } from './state.js'
import type { Organisation } from '../organisation/model.js'

/** Brings a notification to where it is wanted. @returns the HTTP status, 0 where nobody answered */
export type Deliver = (notification: Record<string, unknown>) => Promise<number>

/** How often, and after how many milliseconds, what failed in passing is sent again. */
const pauses = [1_000, 5_000, 20_000]
/** Milliseconds that an answer may take. */
const patience = 10_000
const failedInPassing = (status: number): boolean => status === 0 || status === 408 || status >= 500

/** What is told from. */
interface Surroundings {
  org: Organisation
  /** `https://localhost:8443/ado/contoso`. */
  base: string
  state: Pick<AzureDevOpsState, 'subscriptions'>
  save(): void
  /** Business time, in milliseconds since 1970. */
  now(): number
}

/** Tells subscribers of what happens: each event once a subscriber, again where that failed in passing, under the same id. */
export class ServiceHooks {
  #sent = 0
  /** Hears of everything, as subscriptions of an administrator would. */
  standing: Deliver | undefined

  constructor(private readonly server: Surroundings) {}

  tell(event: HookEvent): void {
    const id = randomUUID()
    if (this.standing) void this.#send(this.standing, this.#notification(event, id, uuidOf('standing')))
    for (const subscription of this.server.state.subscriptions) {
      const { eventType, projectId: only } = subscription
      if (eventType !== event.eventType || (only && only !== projectId(this.server.org, event.project))) continue
      const notification = this.#notification(event, id, subscription.id)
      void this.#send((body) => post(subscription, body), notification).then((status) => {
        subscription.lastStatus = status
        this.server.save()
      })
    }
  }

  async #send(deliver: Deliver, notification: Record<string, unknown>): Promise<number> {
    let status = await deliver(notification).catch(() => 0)
    for (const ms of pauses) {
      if (!failedInPassing(status)) break
      await pause(ms, undefined, { ref: false })
      status = await deliver(notification).catch(() => 0)
    }
    return status
  }

  #notification({ eventType, project, text, resource }: HookEvent, id: string, subscriptionId: string) {
    const { org, base } = this.server
    const message = { text, html: text, markdown: text }
    const place = (name: string) => ({ id: uuidOf(`${org.domain}/ado/${name}`), baseUrl: `${base}/` })
    return {
      ...{ subscriptionId, notificationId: ++this.#sent, id, eventType, publisherId: eventTypes[eventType], message },
      ...{ detailedMessage: message, resource, resourceVersion: '1.0' },
      resourceContainers: {
        collection: place('collection'),
        account: place('instance'),
        project: { id: projectId(org, project), baseUrl: `${base}/` },
      },
      createdDate: iso(this.server.now()),
    }
  }
}

async function post({ url, user, password }: Subscription, body: Record<string, unknown>): Promise<number> {
  const basic = user && `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}`
  const headers = { 'content-type': 'application/json; charset=utf-8', ...(basic && { authorization: basic }) }
  const init = { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(patience) }
  return (await fetch(url, init)).status
}
