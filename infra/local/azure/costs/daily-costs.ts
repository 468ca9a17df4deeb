import { createHash } from 'node:crypto'
import type { Organisation, Resource } from '../../organisation/model.js'

/** What one resource cost on one day. */
export interface DailyCost {
  /** UTC day: `2026-11-20`. */
  day: string
  resource: Resource
  amount: number
  /** ISO 4217. */
  currency: string
}

const dayMs = 86_400_000
/** Days in a mean month. */
const monthDays = 365.25 / 12

/** What resources of a type cost beside each other; a type that is not named counts 1. Apps are paid by their plan. */
const weights: Record<string, number> = {
  'microsoft.compute/virtualmachinescalesets': 8,
  'microsoft.compute/virtualmachines': 6,
  'microsoft.containerservice/managedclusters': 8,
  'microsoft.dbforpostgresql/flexibleservers': 8,
  'microsoft.documentdb/databaseaccounts': 8,
  'microsoft.sql/servers/databases': 8,
  'microsoft.cache/redis': 6,
  'microsoft.search/searchservices': 6,
  'microsoft.web/serverfarms': 6,
  'microsoft.web/sites/slots': 0.1,
  'microsoft.network/applicationgateways': 4,
  'microsoft.keyvault/vaults': 0.05,
  'microsoft.insights/metricalerts': 0.01,
  'microsoft.insights/actiongroups': 0.01,
  'microsoft.managedidentity/userassignedidentities': 0.001,
}

/** Sunday first. Production follows the customers, the rest the office; each week's mean is 1. */
const weekdays = {
  production: [0.94, 1.03, 1.02, 1.01, 1.01, 1.03, 0.96],
  other: [0.8, 1.08, 1.08, 1.08, 1.08, 1.08, 0.8],
}

/** The same figure for the same words, evenly spread over -1 to 1. */
const noise = (words: string): number => createHash('sha256').update(words).digest().readUInt32BE() / 0x7fffffff - 1

/** A service's share of the bill that a resource has: its weight among those of the same service and environment. */
function shares(resources: Resource[]): { resource: Resource; share: number }[] {
  const weighed = resources.map((resource) => ({ resource, weight: weights[resource.type.toLowerCase()] ?? 1 }))
  const sum = weighed.reduce((total, { weight }) => total + weight, 0)
  return weighed.map(({ resource, weight }) => ({ resource, share: weight / sum }))
}

/**
 * What every resource of the organisation cost, day by day: the month's level of its service with the steps that were taken
 * since, the shape of a week, and some noise. The running day costs as much as has passed of it.
 * @param from first day, at its UTC midnight
 * @param until the moment before which it ends
 */
export function dailyCosts(org: Organisation, from: Date, until: Date): DailyCost[] {
  return org.costs.flatMap(({ service, environment, monthly, currency, changes }) => {
    const there = org.resources.filter((each) => each.service === service && each.environment === environment)
    const parts = shares(there)
    const shape = environment === 'production' ? weekdays.production : weekdays.other
    const rows: DailyCost[] = []
    for (let at = from.getTime(); at < until.getTime(); at += dayMs) {
      const date = new Date(at)
      const day = date.toISOString().slice(0, 10)
      const level = changes.reduce((sum, change) => sum * stepped(change, at), monthly / monthDays)
      const passed = Math.min(1, (until.getTime() - at) / dayMs)
      const cost = level * passed * shape[date.getUTCDay()]! * (1 + 0.04 * noise(`${service} ${environment} ${day}`))
      for (const { resource, share } of parts) rows.push({ day, resource, amount: cost * share, currency })
    }
    return rows
  })
}

/** What a step in the level makes of a day: nothing before it, all after, and its share of the day it falls on. */
function stepped({ from, factor }: { from: string; factor: number }, day: number): number {
  const after = Math.min(1, Math.max(0, (day + dayMs - Date.parse(from)) / dayMs))
  return 1 + (factor - 1) * after
}
