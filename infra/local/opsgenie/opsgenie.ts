import { Router, type Handler, type Vendor } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import { Account, seedOverrides } from './account.js'
import { Refusal, refuse } from './answers.js'
import { directoryOperations } from './directory-operations.js'
import { opsgenieKey } from './ids.js'
import { overrideOperations } from './override-operations.js'
import { scheduleOperations } from './schedule-operations.js'

/**
 * Opsgenie's REST API v2 below `/opsgenie`: users, teams, schedules, their timelines, on-calls and overrides. Takes
 * `Authorization: GenieKey …` with `opsgenieKey`. Source: docs.opsgenie.com, "Schedule API", "Schedule Override API", "Who is On Call API".
 */
export function opsgenie(services: Services): Vendor {
  const account = new Account(services.org)
  const state = services.open('opsgenie', () => seedOverrides(account))
  const router = new Router({
    notFound: (request) => refuse(request, new Refusal(404, `No handler found for ${request.method} ${request.path}`)),
  })
  directoryOperations(router, account)
  scheduleOperations(router, services.clock, account, state)
  overrideOperations(router, services.clock, account, state)
  const key = opsgenieKey(services.org)

  const handle: Handler = async (request) => {
    try {
      if (request.headers['authorization'] !== `GenieKey ${key}`) throw new Refusal(401, 'Could not authenticate')
      return await router.handle(request)
    } catch (error) {
      if (error instanceof Refusal) return refuse(request, error)
      throw error
    }
  }
  return { name: 'opsgenie', prefixes: ['/opsgenie'], handle }
}
