import { createHmac, randomUUID } from 'node:crypto'
import { isObject } from '../card-check.js'
import type { WebhookSecrets, WebhookSigner } from '../options.js'
import { Refusal } from '../refusal.js'

const text = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body))
const hmac = (key: string, body: string) => createHmac('sha256', key).update(body).digest('hex')
const json = { 'content-type': 'application/json' }
const webhook = (source: string, code?: string) =>
  `/webhooks/${source}${code ? `?code=${encodeURIComponent(code)}` : ''}`

/** Signers of the vendors that there are secrets for, by source. */
export function signers(secrets: WebhookSecrets): Record<string, WebhookSigner> {
  const { github, pagerduty, azureMonitor, eventGrid, azureDevOps, opsgenie, alertmanager } = secrets
  return {
    ...(github ? { github: signAsGitHub(github) } : {}),
    ...(pagerduty ? { pagerduty: signAsPagerDuty(pagerduty) } : {}),
    ...(azureMonitor ? { 'azure-monitor': signAsAzureMonitor(azureMonitor) } : {}),
    ...(eventGrid ? { 'event-grid': signAsEventGrid(eventGrid) } : {}),
    ...(azureDevOps ? { 'azure-devops': signAsAzureDevOps(azureDevOps) } : {}),
    ...(opsgenie ? { opsgenie: signWithBearer('opsgenie', 'Opsgenie', opsgenie) } : {}),
    ...(alertmanager ? { alertmanager: signWithBearer('alertmanager', 'Alertmanager/0.28.0', alertmanager) } : {}),
  }
}

/** GitHub, "validating webhook deliveries": an HMAC of the raw body; the event's name is in a header of the caller's. */
const signAsGitHub =
  (key: string): WebhookSigner =>
  async (body, headers) => {
    const event = headers.get('x-github-event')
    if (!event) throw new Refusal(400, 'GitHub names the event in a header: give headers {"x-github-event": "push"}.')
    const rawBody = text(body)
    return {
      path: webhook('github'),
      rawBody,
      headers: {
        ...json,
        'user-agent': 'GitHub-Hookshot/044aadd',
        'x-github-delivery': randomUUID(),
        'x-github-hook-id': '1',
        'x-github-event': event,
        'x-hub-signature-256': `sha256=${hmac(key, rawBody)}`,
      },
    }
  }

/** PagerDuty, "webhook signatures": `v1=` and an HMAC of the raw body, one for each key in use. */
const signAsPagerDuty =
  (key: string): WebhookSigner =>
  async (body) => {
    const rawBody = text(body)
    return {
      path: webhook('pagerduty'),
      rawBody,
      headers: {
        ...json,
        'user-agent': 'PagerDuty-Webhook/V3.0',
        'x-webhook-id': randomUUID(),
        'x-pagerduty-signature': `v1=${hmac(key, rawBody)}`,
      },
    }
  }

/** Azure Monitor action groups sign nothing: a secret in the address, or an Entra token ("secure webhook"). */
const signAsAzureMonitor =
  (secret: string | (() => Promise<string>)): WebhookSigner =>
  async (body) =>
    typeof secret === 'string'
      ? { path: webhook('azure-monitor', secret), rawBody: text(body), headers: json }
      : {
          path: webhook('azure-monitor'),
          rawBody: text(body),
          headers: { ...json, authorization: `Bearer ${await secret()}` },
        }

/** Event Grid: events come as an array with `aeg-` headers; a validation event is the handshake. CloudEvents have their own type. */
const signAsEventGrid =
  (code: string): WebhookSigner =>
  async (body) => {
    const cloud = isObject(Array.isArray(body) ? body[0] : body) && JSON.stringify(body).includes('"specversion"')
    const batch = Array.isArray(body) || cloud || typeof body === 'string' ? body : [body]
    return {
      path: webhook('event-grid', code),
      rawBody: text(batch),
      headers: {
        'content-type': cloud ? 'application/cloudevents+json; charset=utf-8' : 'application/json; charset=utf-8',
        'aeg-event-type': validationCode(body) ? 'SubscriptionValidation' : 'Notification',
        'aeg-subscription-name': 'NEXUS',
        'aeg-delivery-count': '0',
        'aeg-data-version': '1',
        'aeg-metadata-version': '1',
      },
    }
  }

/** The code that a receiver of Event Grid's validation event has to give back; undefined for other events. */
export function validationCode(body: unknown): string | undefined {
  const event: unknown = Array.isArray(body) ? body[0] : body
  if (!isObject(event) || event['eventType'] !== 'Microsoft.EventGrid.SubscriptionValidationEvent') return undefined
  return isObject(event['data']) ? String(event['data']['validationCode']) : undefined
}

const signAsAzureDevOps =
  ({ user, password }: { user: string; password: string }): WebhookSigner =>
  async (body) => ({
    path: webhook('azure-devops'),
    rawBody: text(body),
    headers: { ...json, authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
  })

const signWithBearer =
  (source: string, agent: string, token: string): WebhookSigner =>
  async (body) => ({
    path: webhook(source),
    rawBody: text(body),
    headers: { ...json, 'user-agent': agent, authorization: `Bearer ${token}` },
  })
