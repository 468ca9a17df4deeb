import type { CatalogSource } from '../../../skills/kit/catalog-source.js'
import { Fault, unavailable } from '../../../skills/kit/errors.js'
import type { AzureOptions } from './azure-options.js'
import { deltaOfAzure } from './resource-graph/delta-azure.js'
import { openGraph } from './resource-graph/graph.js'
import { QueryRefused } from './resource-graph/graph-refusal.js'
import { rereadAzure } from './resource-graph/reread-azure.js'
import { readVisible } from './resource-graph/subscriptions.js'
import { sweepAzure } from './resource-graph/sweep-azure.js'
import { watermarkIn } from './resource-graph/watermark.js'

/**
 * What Azure Resource Graph says of an organisation's subscriptions: resources with their tags, health, backups, policies, advice, security
 * findings, alerts and what needs what; groups, subscriptions and management groups; alert rules; changes; and what Azure says of itself.
 */
export function azureSource(options: AzureOptions): CatalogSource {
  const graph = openGraph(options)
  /** Subscriptions that were seen since this hub runs, or before by the watermark: one that is missing is closed, and not empty. */
  const known = new Set<string>()

  /** What went wrong as a Fault; a refusal that nobody could go on without is one of the query, and so ours. */
  function fault(error: unknown): unknown {
    if (error instanceof Fault || !(error instanceof QueryRefused)) return error
    return unavailable('Azure Resource Graph refuses what Nexus asks.', undefined, error)
  }

  return {
    name: 'azure',
    title: 'Azure',
    async *sweep(from, signal) {
      try {
        yield* sweepAzure(graph, known, from, signal)
      } catch (error) {
        throw fault(error)
      }
    },
    async delta(since, signal) {
      const watermark = watermarkIn(since)
      if (!watermark) return undefined
      for (const id of watermark.subscriptions) known.add(id)
      try {
        return await deltaOfAzure(graph, watermark, signal)
      } catch (error) {
        throw fault(error)
      }
    },
    async reread(refs, signal) {
      try {
        const { claims, gone } = await rereadAzure(graph, await readVisible(graph, signal), refs, signal)
        return { claims, gone }
      } catch (error) {
        throw fault(error)
      }
    },
    quota: graph.quota,
  }
}
