import { serviceRef } from '../../../skills/kit/entity-ids.js'
import { conflict, Fault, notFound, unavailable } from '../../../skills/kit/errors.js'
import type { Instant, Json } from '../../../skills/kit/model.js'
import type { Page, PagerUser, Paging } from '../../../skills/kit/paging.js'
import { createPagerDutyClient, PagerDutyRefusal, type PagerDutyOptions } from './pagerduty-client.js'

/** As much of PagerDuty's incident as is read (REST API v2, "Incidents"). */
interface Incident {
  id: string
  incident_number: number
  incident_key: string | null
  status: Page['state']
  html_url: string | null
  last_status_change_by: { id: string; type: string; summary: string } | null
}
interface User {
  id: string
  email: string
  role?: string
}

/** PagerDuty's error "Requester User Not Found": the From header names nobody of the account. */
const unknownRequester = 1008
const pagerName = 'PagerDuty'
const longestTitle = 1024
/** Seconds that PagerDuty takes for a snooze: up to a week. */
const snoozeBounds = [1, 604_800] as const

/**
 * PagerDuty as the pager that wakes people. Its incident carries the key of ours as `incident_key`, by which one that was opened and whose
 * answer was lost is found again.
 */
export function pagerDutyPaging(
  options: PagerDutyOptions & {
    clock: { now(): Instant }
    /** Mail address in whose name Nexus acts by itself; the account's owner unless told. */
    from?: string | undefined
  },
): Paging {
  const client = createPagerDutyClient(options)
  const never = new AbortController().signal
  let own: Promise<string> | undefined

  /** In whose name Nexus acts by itself. A change without a user is refused by PagerDuty. */
  const ownName = (): Promise<string> => {
    own ??= options.from ? Promise.resolve(options.from) : readOwner()
    return own.catch((error: unknown) => {
      own = undefined
      throw error
    })
  }
  async function readOwner(): Promise<string> {
    const users = await client.list<User>('/users', 'users', {}, never)
    const owner = users.find(({ role }) => role === 'owner') ?? users.find(({ role }) => role?.includes('admin'))
    if (!owner) throw unavailable('PagerDuty has no owner in whose name Nexus may act: set NEXUS_PAGERDUTY_FROM.')
    return owner.email
  }

  async function send<T>(method: 'POST' | 'PUT', path: string, body: Json, by: PagerUser): Promise<T> {
    const from = by?.email ?? (await ownName())
    try {
      return await client.send<T>(method, path, body, from)
    } catch (error) {
      // Somebody who is not in PagerDuty acts here all the same; there it is Nexus that did it.
      const stranger = error instanceof PagerDutyRefusal && error.code === unknownRequester && by
      if (!stranger) throw refused(error)
      return client.send<T>(method, path, body, await ownName()).catch((again: unknown) => {
        throw refused(again)
      })
    }
  }

  async function pageOf(incident: Incident): Promise<Page> {
    const { id, incident_number: number, status: state, html_url: url, last_status_change_by: changer } = incident
    const by = changer?.type.startsWith('user') ? await userOf(changer) : undefined
    return { id, number, pager: pagerName, state, ...(url && { url }), ...(by && { by }) }
  }
  async function userOf({ id, summary }: { id: string; summary: string }): Promise<NonNullable<Page['by']>> {
    const user = await client.get<User>(`/users/${encodeURIComponent(id)}`, 'user').catch(() => undefined)
    return { name: summary, ...(user && { email: user.email.toLowerCase() }) }
  }

  const ofKey = async (key: string, statuses: Page['state'][]): Promise<Incident | undefined> => {
    const query = { incident_key: key, date_range: 'all', 'statuses[]': statuses }
    const found = await client.list<Incident>('/incidents', 'incidents', query, never)
    return found
      .filter(({ incident_key }) => incident_key === key)
      .sort((a, b) => b.incident_number - a.incident_number)[0]
  }

  async function serviceId(id: string): Promise<string> {
    const services = await client.list<{ id: string; name: string }>('/services', 'services', {}, never)
    const found = services.find(({ name }) => serviceRef(name).id === id)
    if (!found) throw notFound(`PagerDuty has no service ${id}.`, 'Make one there, or nobody is woken for it.')
    return found.id
  }

  const change = (id: string, fields: Record<string, Json>, by: PagerUser) =>
    send(
      'PUT',
      `/incidents/${encodeURIComponent(id)}`,
      { incident: { type: 'incident_reference', ...fields } },
      by,
    ) as Promise<void>

  return {
    async find(key) {
      const found = await ofKey(key, ['triggered', 'acknowledged', 'resolved'])
      return found && pageOf(found)
    },
    async get(id) {
      try {
        return await pageOf(await client.get<Incident>(`/incidents/${encodeURIComponent(id)}`, 'incident'))
      } catch (error) {
        if (error instanceof Fault && error.code === 'NotFound') return undefined
        throw error
      }
    },
    async page(service, { key, title, detail, urgent }) {
      const open = await ofKey(key, ['triggered', 'acknowledged'])
      if (open) return pageOf(open)
      const incident = {
        type: 'incident',
        title: title.slice(0, longestTitle),
        service: { id: await serviceId(service.id), type: 'service_reference' },
        urgency: urgent ? 'high' : 'low',
        incident_key: key,
        body: { type: 'incident_body', details: detail },
      }
      const made = await send<{ incident: Incident }>('POST', '/incidents', { incident }, undefined)
      return pageOf(made.incident)
    },
    acknowledge: (id, by) => change(id, { status: 'acknowledged' }, by),
    async snooze(id, until, by) {
      const wanted = Math.round((Date.parse(until) - Date.parse(options.clock.now())) / 1000)
      const [least, most] = snoozeBounds
      const duration = Math.min(most, Math.max(least, wanted))
      await send('POST', `/incidents/${encodeURIComponent(id)}/snooze`, { duration }, by)
    },
    async resolve(id, by) {
      const now = await client.get<Incident>(`/incidents/${encodeURIComponent(id)}`, 'incident')
      if (now.status !== 'resolved') await change(id, { status: 'resolved' }, by)
    },
    async assign(id, to, by) {
      const users = await client.list<User>('/users', 'users', {}, never)
      const user = users.find(({ email }) => email.toLowerCase() === to.email.toLowerCase())
      if (!user) throw conflict(`${to.email} is not in PagerDuty.`, 'PagerDuty goes on calling who it called.')
      await change(id, { assignments: [{ assignee: { id: user.id, type: 'user_reference' } }] }, by)
    },
    raise: (id) => change(id, { urgency: 'high' }, undefined),
    async note(id, text, by) {
      const path = `/incidents/${encodeURIComponent(id)}/notes`
      const notes = await client.get<{ content: string }[]>(path, 'notes')
      if (!notes.some(({ content }) => content === text)) await send('POST', path, { note: { content: text } }, by)
    },
  }
}

/** What PagerDuty refuses, in one sentence for people. */
function refused(error: unknown): unknown {
  if (!(error instanceof PagerDutyRefusal)) return error
  const reason = error.reasons[0]?.replace(/\.$/, '') ?? 'no reason given'
  return conflict(`PagerDuty refuses it: ${reason}.`, undefined, { cause: error })
}

/** Where no pager is configured: nobody is woken, and the card of an incident says so. */
export const noPaging: Paging = {
  find: async () => undefined,
  get: async () => undefined,
  page: () => Promise.reject(notFound('no pager is configured.')),
  acknowledge: async () => {},
  snooze: async () => {},
  resolve: async () => {},
  assign: async () => {},
  raise: async () => {},
  note: async () => {},
}
