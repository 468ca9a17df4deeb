import type { CatalogSource } from '../../../skills/kit/catalog-source.js'
import { Fault, unavailable } from '../../../skills/kit/errors.js'
import type { Instant } from '../../../skills/kit/model.js'
import { AzureDevOpsClient, type AzureDevOpsOptions } from './azure-devops-client.js'
import { deltaOfAzureDevOps } from './delta-azure-devops.js'
import { Knowledge } from './knowledge.js'
import type { Reading } from './reading.js'
import { rereadAzureDevOps } from './reread-azure-devops.js'
import { sweepAzureDevOps } from './sweep-azure-devops.js'
import { Unread } from './unread.js'

/**
 * What an Azure DevOps organisation says, with an Entra token: teams with their people, sprints and capacity, repositories with their
 * policies and pull requests, pipelines with runs, tests and approvals, classic releases, environments and what was deployed there, work
 * items with their links, and the packages of its feeds.
 * @param options.clock business time, for what "lately" means
 */
export function azureDevOpsSource(options: AzureDevOpsOptions & { clock: { now(): Instant } }): CatalogSource {
  const { clock } = options
  const organisation = options.organisation.replace(/\/$/, '')
  const client = new AzureDevOpsClient({ ...options, organisation })
  const knowledge = new Knowledge()
  const reading = (signal: AbortSignal): Reading => ({
    ...{ client, signal, organisation, unread: new Unread(), now: () => clock.now() },
  })

  return {
    name: 'azure-devops',
    title: 'Azure DevOps',
    quota: () => client.quota.standing,
    async *sweep(from, signal) {
      try {
        yield* sweepAzureDevOps(reading(signal), knowledge, from)
      } catch (error) {
        throw faultOf(error, signal)
      }
    },
    delta: (since, signal) =>
      deltaOfAzureDevOps(reading(signal), knowledge, since).catch((error: unknown) => {
        throw faultOf(error, signal)
      }),
    reread: (refs, signal) =>
      rereadAzureDevOps(reading(signal), knowledge, refs).catch((error: unknown) => {
        throw faultOf(error, signal)
      }),
  }
}

/** The error as a Fault; what says that somebody gave up waiting stays what it is. */
function faultOf(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof Fault || signal.aborted) return error
  return unavailable('Azure DevOps does not answer.', undefined, error)
}
