import { Router, type Handler, type Vendor } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import { notFound, Refusal, refuse } from './answers.js'
import { directoryOperations } from './directory-operations.js'
import { Directory } from './directory.js'
import { pagerDutyToken } from './ids.js'
import { incidentOperations } from './incident-operations.js'
import { scheduleOperations } from './schedule-operations.js'
import { seedState } from './state.js'

/**
 * PagerDuty's REST API v2 below `/pagerduty`: users, teams, services, schedules, escalation policies, on-calls and
 * incidents. Takes `Authorization: Token token=…` with `pagerDutyToken`, and the Accept header of version 2.
 */
export function pagerDuty(services: Services): Vendor {
  const { org } = services
  const directory = new Directory(org, services.base)
  const state = services.open('pagerduty', () => seedState(org, directory))
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
