import { dataProperty } from '../../data-classes.js'
import type { PropertyDeclaration } from '../kind-declaration.js'

type Properties = Readonly<Record<string, PropertyDeclaration>>

/** What stands in every kind. */
export const described: Properties = {
  summary: { type: 'text', title: 'Summary', says: ['description'] },
  url: { type: 'text', title: 'Address', says: ['link', 'address'], shown: 'link' },
  /** `{repository, path}` of the file that declares it: where a change of it is proposed. */
  declaration: { type: 'data', title: 'Declaration' },
}

/** Names that vendors give a thing, by which Nexus finds it there again. */
export const pagerDutyId: PropertyDeclaration = { type: 'text', title: 'PagerDuty id' }

/** Which classes of restricted data something holds; channels that are not cleared for them are not told of it. */
export const holdsData: Properties = {
  [dataProperty]: {
    type: 'text',
    title: 'Data',
    says: ['data class', 'data classification', 'classification'],
  },
}

/** Where something runs, in the name that policies use: `production`. */
export const environment: PropertyDeclaration = {
  type: 'text',
  title: 'Environment',
  says: ['env', 'stage'],
  usually: 'environment',
}

/** How something stands whose health is watched, in the words of Azure Resource Health. */
export const health: PropertyDeclaration = {
  type: 'text',
  title: 'Health',
  says: ['health', 'status', 'availability'],
  values: ['Available', 'Degraded', 'Unavailable', 'Unknown'],
  looks: { unavailable: 'attention', degraded: 'warning', available: 'good' },
}

/** How the last try ended, of what is tried again and again. */
export const result: PropertyDeclaration = {
  type: 'text',
  title: 'State',
  says: ['status', 'result', 'outcome'],
  values: ['queued', 'running', 'succeeded', 'partially succeeded', 'failed', 'cancelled', 'unknown'],
  looks: { failed: 'attention', 'partially succeeded': 'warning', succeeded: 'good' },
}

/** What is worked out for all that runs and costs. */
export const operated: Properties = {
  state: health,
  version: { type: 'text', title: 'Version', says: ['deployed version', 'last deployed version', 'release'] },
  deployed: { type: 'instant', title: 'Last deployed', says: ['deployed', 'last deployment', 'released', 'shipped'] },
  cost: {
    type: 'number',
    title: 'Cost this month',
    says: ['cost', "month's cost", 'monthly cost', 'spend'],
    minimum: 0,
    unit: 'EUR',
  },
  compliance: {
    type: 'number',
    title: 'Compliance',
    says: ['compliance score', 'compliance', 'secure score'],
    minimum: 0,
    maximum: 100,
    unit: '%',
  },
}

/** How bad it is, by Nexus's scale: the least bad first, `sev0` the worst. */
export const severity: PropertyDeclaration = {
  type: 'ordered',
  title: 'Severity',
  says: ['sev', 'severity'],
  values: ['sev4', 'sev3', 'sev2', 'sev1', 'sev0'],
  shown: 'severity',
}

/** Security findings of code and packages, the least first, as GitHub names them. */
export const vulnerability: PropertyDeclaration = {
  type: 'ordered',
  title: 'Worst vulnerability',
  says: ['vulnerability', 'worst vulnerability'],
  values: ['none', 'low', 'medium', 'high', 'critical'],
  looks: { critical: 'attention', high: 'warning' },
}

/** How many open findings of a kind something has. */
export const countOf = (title: string, ...says: string[]): PropertyDeclaration => ({
  type: 'number',
  title,
  says,
  integer: true,
  minimum: 0,
})

/** A moment, by what it is called. */
export const moment = (title: string, ...says: string[]): PropertyDeclaration => ({
  type: 'instant',
  title,
  ...(says.length && { says }),
})

/** A text, by what it is called. */
export const text = (title: string, ...says: string[]): PropertyDeclaration => ({
  type: 'text',
  title,
  ...(says.length && { says }),
})
