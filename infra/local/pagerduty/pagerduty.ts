import { Router, type Handler, type Vendor } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import { notFound, Refusal, refuse } from './answers.js'
import { directoryOperations } from './directory-operations.js'
import { Directory } from './directory.js'
import { pagerDutyId, pagerDutyToken } from './ids.js'
import { incidentOperations } from './incident-operations.js'
import { seedIncidents, type Incident } from './incident.js'
import type { Overrides } from './on-call.js'
import { scheduleOperations } from './schedule-operations.js'
import type { Organisation } from '../organisation/model.js'

/** Overrides that the organisation starts with. */
const seedOverrides = (org: Organisation): Overrides =>
  Object.fromEntries(
    org.schedules.map((schedule) => [
      schedule.id,
      schedule.overrides.map(({ person, from, to }, index) => ({
        id: pagerDutyId('override', `${schedule.id}/${index}`),
        person,
        start: Date.parse(from),
        end: Date.parse(to),
      })),
    ]),
  )

/**
 * PagerDuty's REST API v2 below `/pagerduty`: users, teams, services, schedules, escalation policies, on-calls and
 * incidents. Takes `Authorization: Token token=…` with `pagerDutyToken`, and the Accept header of version 2.
 */
export function pagerDuty(services: Services): Vendor {
  const { org } = services
  const directory = new Directory(org, services.base)
  const state = services.open<{ overrides: Overrides; incidents: Incident[] }>('pagerduty', () => {
    const overrides = seedOverrides(org)
    return { overrides, incidents: seedIncidents(org, directory, overrides) }
  })
  const router = new Router({ notFound: () => refuse(notFound()) })
  directoryOperations(router, services, directory, state)
  scheduleOperations(router, services, directory, state)
  incidentOperations(router, services, directory, state)
  const token = pagerDutyToken(org)

  const handle: Handler = async (request) => {
    try {
      checkCredentials(request.headers, token)
      return await router.handle(request)
    } catch (error) {
      if (error instanceof Refusal) return refuse(error)
      throw error
    }
  }
  return { name: 'pagerduty', prefixes: ['/pagerduty'], handle }
}

/** 401 for a wrong or missing token, and, as PagerDuty documents it, for an Accept header of another version. */
function checkCredentials({ authorization, accept }: Record<string, string>, token: string): void {
  const given = /^Token token="?([^"\s]+)"?$/i.exec(authorization ?? '')?.[1]
  const version = /application\/vnd\.pagerduty\+json;\s*version=(\d+)/i.exec(accept ?? '')?.[1]
  if (given !== token || (version !== undefined && version !== '2'))
    throw new Refusal(401, 2006, 'Invalid token or Accept header')
}
