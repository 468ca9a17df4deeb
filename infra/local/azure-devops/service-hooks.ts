import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { uuidOf } from '../frame/ids.js'
import { iso } from './answers.js'
import type { Server } from './server.js'
import { projectId } from './state.js'

/** The events that can be subscribed to, with who publishes each (learn.microsoft.com, "Service hooks events"). */
export const eventTypes = {
  'build.complete': 'tfs',
  'git.push': 'tfs',
  'git.pullrequest.created': 'tfs',
  'git.pullrequest.updated': 'tfs',
  'git.pullrequest.merged': 'tfs',
  'git.repo.renamed': 'tfs',
  'git.repo.deleted': 'tfs',
  'git.repo.statuschanged': 'tfs',
  'workitem.created': 'tfs',
  'workitem.updated': 'tfs',
  'workitem.commented': 'tfs',
  'workitem.deleted': 'tfs',
  'workitem.restored': 'tfs',
  'ms.vss-pipelines.run-state-changed-event': 'pipelines',
  'ms.vss-pipelinechecks-events.approval-pending': 'pipelines',
  'ms.vss-pipelinechecks-events.approval-completed': 'pipelines',
  'ms.vss-release.deployment-approval-completed-event': 'rm',
  'ms.vss-release.deployment-started-event': 'rm',
  'ms.vss-release.deployment-completed-event': 'rm',
} as const satisfies Record<string, 'tfs' | 'pipelines' | 'rm'>
export type EventType = keyof typeof eventTypes

/** Something that happened, before it is told to anybody. */
export interface HookEvent {
  eventType: EventType
  /** Name of the project it happened in. */
  project: string
  /** What happened, in a sentence. */
  text: string
  resource: Record<string, unknown>
}

/** Who wants to hear of an event. */
export interface Subscription {
  id: string
  eventType: EventType
  /** Absent, it is of every project. */
  projectId?: string
  url: string
  user?: string
  password?: string
  /** What became of the last one that was sent: its HTTP status, 0 where nobody answered. */
  lastStatus?: number
}

/** Brings a notification to where it is wanted. @returns the HTTP status, 0 where nobody answered */
export type Deliver = (notification: Record<string, unknown>) => Promise<number>

/** How often, and after how many milliseconds, what failed in passing is sent again. */
const pauses = [1_000, 5_000, 20_000]
/** Milliseconds that an answer may take. */
const patience = 10_000
const failedInPassing = (status: number): boolean => status === 0 || status === 408 || status >= 500

/** Tells subscribers of what happens: each event once a subscriber, again where that failed in passing, under the same id. */
export class ServiceHooks {
  #sent = 0
  /** Hears of everything, as subscriptions of an administrator would. */
  standing: Deliver | undefined

  constructor(private readonly server: Server) {}

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
