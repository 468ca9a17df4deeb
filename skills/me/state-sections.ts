import type { Fact, Row, Span } from '../../cards/model.js'
import { count, dotted, fact, instantProp, listSection, severityOf, textProp } from '../kit/answer.js'
import type { AuditRecord } from '../kit/audit.js'
import type { Belongings } from '../kit/belongings.js'
import { deedsOf } from '../kit/deeds.js'
import { mostRows, type Part } from '../kit/mine/matter.js'
import type { Entity, Instant } from '../kit/model.js'
import type { Button, Section } from '../kit/reply.js'
import { measureDelivery, type Measure } from '../kit/measure-delivery.js'

/** How long ago a deployment may be to be listed, in milliseconds. */
const lately = 7 * 86_400_000

/** What is firing, the worst first. */
export function alertSection({ alerts }: Belongings): Section[] {
  const worst = (one: Entity): string => `${textProp(one, 'severity') ?? 'sev9'} ${one.name}`
  const sorted = [...alerts].sort((a, b) => (worst(a) < worst(b) ? -1 : 1))
  return listed('Alerts firing', sorted, (alert) => ({
    ...shows(alert),
    state: 'attention',
    detail: dotted(severityOf(alert), textProp(alert, 'condition')),
    ...endOf(alert, 'fired', (since) => ({ since })),
  }))
}

/** What was brought anywhere this week, the newest first. */
export function deploymentSection({ deployments }: Belongings, now: Instant): Section[] {
  const first = new Date(Date.parse(now) - lately).toISOString()
  const startOf = (one: Entity): Instant => instantProp(one, 'started') ?? ''
  const recent = deployments.filter((one) => startOf(one) >= first).sort((a, b) => (startOf(a) < startOf(b) ? 1 : -1))
  return listed('Deployments this week', recent, (one) => ({
    ...shows(one),
    state: lookOf(textProp(one, 'state')),
    detail: dotted(textProp(one, 'state'), textProp(one, 'environment'), textProp(one, 'version')),
    end: [{ ago: startOf(one) }],
  }))
}

/** Work items that are theirs, what moved last first. */
export function workSection({ work }: Belongings): Section[] {
  const movedAt = (one: Entity): Instant => instantProp(one, 'updated') ?? ''
  const sorted = [...work].sort((a, b) => (movedAt(a) < movedAt(b) ? 1 : -1))
  return listed('My work items', sorted, (one) => ({
    ...shows(one, textProp(one, 'title')),
    detail: dotted(textProp(one, 'title') && one.name, textProp(one, 'state')),
    ...endOf(one, 'updated', (ago) => ({ ago })),
  }))
}

/** What they answer for, and where it stands. */
export const standingSections = ({ services, environments }: Belongings): Section[] => [
  ...listed('My services', services, (one) => ({
    ...shows(one),
    detail: dotted(textProp(one, 'state'), textProp(one, 'summary')),
    ...(textProp(one, 'version') && { end: textProp(one, 'version') }),
  })),
  ...listed('My environments', environments, (one) => ({
    ...shows(one),
    detail: dotted(textProp(one, 'state'), textProp(one, 'project')),
    ...endOf(one, 'expires', (until) => ({ until })),
  })),
]

/** What they did last, by the audit log; that they read it is not worth a line. */
export function deedSection(records: readonly AuditRecord[]): Part {
  const deeds = deedsOf(records).filter(({ records: [line] }) => line?.action !== 'audit.read')
  if (!deeds.length) return { needs: 0 }
  const rows = deeds.slice(0, mostRows).map(({ what, result, state, at, proposal }): Row<Button> => ({
    state,
    ...(state === 'good' && { icon: 'done' as const }),
    title: what.charAt(0).toUpperCase() + what.slice(1),
    detail: dotted(result, proposal),
    end: [{ ago: at }],
    ...(proposal && { select: { title: `Show ${proposal}`, intent: showProposal(proposal), dialog: true as const } }),
  }))
  return { needs: 0, section: { kind: 'rows', title: 'What I did last', fold: 'closed', rows } }
}

const showProposal = (id: string) => ({ command: 'approval.show', args: { proposal: { kind: 'Proposal', id } } })

/**
 * DORA's four keys of the person themselves, each with what it means, and in one line those of which too little was seen; absent where there
 * is nothing to measure.
 */
export function deliverySection(mine: Belongings): Section[] {
  const measures = measureDelivery(mine)
  if (measures.every(({ known }) => !known)) return []
  const scarce = measures.filter(({ value }) => value === undefined)
  const rows = [...measures.filter((one) => !scarce.includes(one)).map(measureRow), ...scarceRow(scarce)]
  return [{ kind: 'rows', title: 'My delivery, 30 days', fold: 'closed', rows }]
}

const measureRow = ({ title, definition, value }: Measure): Row<Button> => ({
  state: 'accent',
  title,
  detail: definition,
  end: value ?? '',
})

/** "Lead time for changes 2 of 3, change failure rate 4 of 5" */
const scarceRow = (scarce: readonly Measure[]): Row<Button>[] => {
  const said = scarce.map(({ title, known, needed }) => `${title.toLowerCase()} ${known} of ${needed}`).join(', ')
  return scarce.length ? [{ state: 'emphasis', title: 'Too little was seen for', detail: said }] : []
}

/** What their services cost this month, where a source says it, and of how many of them. */
export function costFact({ services }: Belongings): Fact[] {
  const costs = services.flatMap(({ props }) => (typeof props['cost'] === 'number' ? [props['cost']] : []))
  if (!costs.length) return []
  const sum = costs.reduce((all, cost) => all + cost, 0).toLocaleString('en', { maximumFractionDigits: 0 })
  const of = costs.length < services.length ? `, of ${costs.length} of ${count(services.length, 'service')}` : ''
  return fact('Cost this month', `${sum} EUR${of}`)
}

const listed = <T>(title: string, items: readonly T[], row: (item: T) => Row<Button>): Section[] =>
  [listSection(title, items, row, { most: mostRows })].filter((section) => section !== undefined)

const shows = ({ kind, id, name }: Entity, title = name) => ({
  title,
  select: {
    title: `Show ${name}`,
    intent: { command: 'catalog.show', args: { entity: { kind, id } } },
    dialog: true as const,
  },
})

const lookOf = (state: string | undefined): 'attention' | 'accent' | 'good' | 'emphasis' =>
  state === 'failed' ? 'attention' : state === 'running' ? 'accent' : state === 'succeeded' ? 'good' : 'emphasis'

/** What stands at the right of a row, made of a moment of the thing; nothing where it has none. */
function endOf(entity: Entity, prop: string, say: (at: Instant) => Span): Pick<Row<Button>, 'end'> {
  const at = instantProp(entity, prop)
  return at ? { end: [say(at)] } : {}
}
