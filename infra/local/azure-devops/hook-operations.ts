import { randomUUID } from 'node:crypto'
import type { Handler, Router } from '../frame/router.js'
import { badArgument, collection, field, objectOf, Refusal } from './answers.js'
import type { Server } from './server.js'
import { eventTypes, type EventType, type Subscription } from './hook-event.js'

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** Subscriptions to service hooks, with the one consumer there is here: web hooks. */
export function hookOperations(router: Router, server: Server): void {
  const document = ({ id, eventType, projectId, url, user, lastStatus }: Subscription) => ({
    ...{ id, eventType, publisherId: eventTypes[eventType], status: 'enabled', resourceVersion: '1.0' },
    ...{ consumerId: 'webHooks', consumerActionId: 'httpRequest', publisherInputs: { projectId: projectId ?? '' } },
    // A password is never given back.
    consumerInputs: { url, ...(user && { basicAuthUsername: user, basicAuthPassword: '********' }) },
    ...(lastStatus !== undefined && { lastProbationRetryDate: null, lastResult: lastStatus }),
    url: `${server.base}/_apis/hooks/subscriptions/${id}`,
  })

  const create: Handler = (request) => {
    const { eventType, publisherId, consumerId, consumerActionId, consumerInputs, publisherInputs } = objectOf(request)
    if (typeof eventType !== 'string' || !Object.hasOwn(eventTypes, eventType))
      throw badArgument('eventType', `The event type '${String(eventType)}' does not exist`)
    if (publisherId !== eventTypes[eventType as EventType])
      throw badArgument('publisherId', `The publisher '${String(publisherId)}' does not publish '${eventType}'`)
    if (consumerId !== 'webHooks' || consumerActionId !== 'httpRequest')
      throw badArgument('consumerId', 'Only the consumer webHooks with the action httpRequest is here')
    const url = text(field(consumerInputs, 'url'))
    if (!url || !/^https?:\/\//.test(url) || !URL.canParse(url)) throw badArgument('url', 'The URL is not valid')
    const [user, password] = ['basicAuthUsername', 'basicAuthPassword'].map((name) => text(field(consumerInputs, name)))
    const projectId = text(field(publisherInputs, 'projectId'))
    const made: Subscription = {
      ...{ id: randomUUID(), eventType: eventType as EventType, url },
      ...(projectId && { projectId }),
      ...(user && { user }),
      ...(password && { password }),
    }
    server.state.subscriptions.push(made)
    server.save()
    return { status: 200, body: document(made) }
  }
  const find = (id: string): Subscription => {
    const found = server.state.subscriptions.find((each) => each.id === id)
    if (found) return found
    throw new Refusal(404, 'SubscriptionNotFoundException', `TF400898: The subscription ${id} does not exist.`)
  }

  router
    .get('/_apis/hooks/subscriptions', () => collection(server.state.subscriptions.map(document)))
    .post('/_apis/hooks/subscriptions', create)
    .get('/_apis/hooks/subscriptions/{id}', ({ params }) => ({ status: 200, body: document(find(params.id!)) }))
    .delete('/_apis/hooks/subscriptions/{id}', ({ params }) => {
      const { id } = find(params.id!)
      server.state.subscriptions = server.state.subscriptions.filter((each) => each.id !== id)
      server.save()
      return { status: 204 }
    })
}
