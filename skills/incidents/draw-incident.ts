import type { Span, Text } from '../../cards/model.js'
import { count, dotted, fact, lasted, sourceOf } from '../kit/answer.js'
import { notFound } from '../kit/errors.js'
import type { SystemTurn } from '../kit/ports.js'
import type { Kept } from '../kit/records.js'
import type { CardBody, Reply, Section } from '../kit/reply.js'
import { buttonsOf } from './buttons.js'
import { isHeard } from './hear-thread.js'
import { readIncident } from './change-incident.js'
import { isUrgent, type HeldAlert, type Incident, type StoryLine } from './incident.js'
import { colourOf, mentionOf, pushOf, topicOf } from './messages.js'
import { mirrorStepKind } from './mirror-writes.js'
import { readPager, type PagerRecord } from './pager-record.js'
import { isFiring } from './receive.js'
import { heldAlertKind } from './take-alert.js'
import { lookAround, type Around } from './what-hurts.js'

type ViewTurn = SystemTurn<'records' | 'catalog'>

/** Alerts and lines of the story that a card lists. */
const mostRows = 10

/** An incident with what is kept beside it. */
export interface WithRecords {
  incident: Incident
  alerts: readonly Kept<HeldAlert>[]
  pager: PagerRecord | undefined
  /** Whether something is yet to be told to the pager. */
  waiting: boolean
  /** Whether replies in its thread are heard without a mention; absent where it has none. */
  heard?: boolean
}

/** Draws an incident of ours as it is now. */
export async function drawIncident(id: string, turn: ViewTurn): Promise<Reply> {
  const incident = (await readIncident(id, turn))?.data
  if (!incident) throw notFound(`There is no incident ${id}.`)
  const [alerts, pager, steps, heard] = await Promise.all([
    turn.records.find<HeldAlert>({ kind: heldAlertKind, partition: id, limit: 100 }),
    readPager(id, turn),
    turn.records.find({ kind: mirrorStepKind, partition: id, limit: 1 }),
    incident.to && incident.team ? isHeard(incident.team.id, turn) : undefined,
  ])
  const waiting = steps.length > 0
  return showIncidentCard({ incident, alerts, pager, waiting, ...(heard !== undefined && { heard }) }, turn)
}

/** An incident's card, the same for everybody: what is broken, since when, who has it, whom it hurts, and what to press. */
export async function showIncidentCard(
  { incident, alerts, pager, waiting, heard }: WithRecords,
  turn: Pick<ViewTurn, 'catalog'>,
): Promise<Reply> {
  const [around, sources] = await Promise.all([lookAround(incident, turn), turn.catalog.sources()])
  const card: CardBody = {
    state: colourOf(incident),
    topic: topicOf(incident),
    title: incident.service?.name ?? 'Unknown service',
    status: statusOf(incident),
    sentence: sentenceOf(incident),
    facts: factsOf(incident, around, pager, waiting),
    sections: [...sectionsOf(incident, alerts), ...hintOf(incident, heard)],
  }
  return {
    text: pushOf(incident),
    card,
    buttons: buttonsOf(incident),
    sources: sources.filter(({ source }) => source === 'pagerduty' && pager?.page).flatMap((state) => sourceOf(state)),
  }
}

/** How to be heard in the thread, while there is something to say. */
const hintOf = ({ state }: Incident, heard: boolean | undefined): Section[] =>
  heard === undefined || state === 'resolved'
    ? []
    : [
        {
          kind: 'text',
          text: heard
            ? 'I hear replies here: “ack” is enough, and what you write joins the story.'
            : 'Mention me in a reply to be heard: “@Nexus ack”.',
        },
      ]

function statusOf({ state, opened, since, snoozedUntil, resolved, alerts }: Incident): Text {
  const many = ` · ${count(alerts.total, 'alert')}`
  const counted = alerts.total > 1 ? many : ''
  switch (state) {
    case 'triggered':
      return ['open ', { since: opened }, counted]
    case 'acknowledged':
      return ['acknowledged ', { since }, counted]
    case 'snoozed':
      return ['snoozed until ', { time: snoozedUntil ?? since }]
    case 'resolved':
      return `resolved after ${lasted(opened, resolved?.at ?? since)}`
  }
}

function sentenceOf({ title, opened, state, resolved, services }: Incident): Text {
  const elsewhere = services.length > 1 ? `; ${count(services.length, 'service')} alert` : ''
  if (state !== 'resolved') return [`${title} since `, { time: opened }, `${elsewhere}.`]
  return [`${title}, from `, { time: opened }, ' to ', { time: resolved!.at }, '.', ...whyOf(resolved?.why)]
}

const whyOf = (why: string | undefined): Span[] =>
  why ? [` ${why.charAt(0).toUpperCase()}${why.slice(1)}${/[.?…]$/.test(why) ? '' : '.'}`] : []

function factsOf(incident: Incident, around: Around, pager: PagerRecord | undefined, waiting: boolean) {
  const { state } = incident
  const over = state === 'resolved'
  return [
    ...fact(over ? 'Hurt' : 'Hurts', around.hurts),
    ...fact('Suspect', over ? undefined : around.suspects && `${around.suspects}, which it depends on`),
    ...fact(...handOf(incident)),
    ...fact('Changed', around.changed),
    ...fact('Runbook', around.runbook),
    ...fact('Pager', pagerText(incident, pager, waiting)),
  ].slice(0, 6)
}

/** Who has it, or who should. */
function handOf(incident: Incident): [label: string, value: Text | undefined] {
  const { state, acknowledged, assigned, resolved, onCall } = incident
  if (state === 'resolved') return ['Resolved by', resolved?.by && [mentionOf(resolved.by)]]
  const hand = assigned ?? acknowledged?.by
  if (state === 'acknowledged' && hand)
    return ['With', [mentionOf(hand), ' since ', { time: acknowledged?.at ?? incident.since }]]
  if (state === 'triggered' && assigned) return ['With', [mentionOf(assigned), ', not yet acknowledged']]
  if (state === 'snoozed') return ['With', hand && [mentionOf(hand)]]
  if (!onCall.length) return ['On call', undefined]
  const people = onCall.flatMap((person, index): Span[] => [...(index ? [', '] : []), mentionOf(person)])
  return ['On call', [...people, isUrgent(incident) ? ', not yet acknowledged' : '']]
}

/** Whether the pager knows; silent where all is as it should be and the number says it. */
function pagerText(incident: Incident, pager: PagerRecord | undefined, waiting: boolean): Text | undefined {
  if (!incident.service) return undefined
  const { page, none, trouble, refused } = pager ?? {}
  if (none) return incident.state === 'resolved' ? undefined : `wakes nobody: ${none}`
  const silent: Span[] = trouble ? [': ', trouble.reason.replace(/\.$/, ''), ' since ', { time: trouble.since }] : []
  if (!page) return ['does not know yet', ...silent]
  const name: Span = page.url
    ? { link: page.url, text: `${page.pager} ${page.number}` }
    : `${page.pager} ${page.number}`
  if (trouble) return [name, ' is yet to be told', ...silent]
  if (refused) return [name, `, which refused the last step: ${refused}`]
  return waiting ? [name, ', the last step is on its way'] : [name]
}

function sectionsOf(incident: Incident, alerts: readonly Kept<HeldAlert>[]): Section[] {
  const { grouped, story, whyThere } = incident
  const reasons = [...grouped, ...(whyThere ? [whyThere] : [])]
  return [
    ...rowsSection('Alerts', alertRows(alerts), incident.alerts.total),
    ...(reasons.length
      ? [{ kind: 'list' as const, title: 'Why grouped', fold: 'closed' as const, items: reasons.map(sentence) }]
      : []),
    ...rowsSection('Story', story.slice(-mostRows).reverse().map(storyRow), story.length),
  ]
}

const sentence = (reason: string): string => reason.charAt(0).toUpperCase() + reason.slice(1)

type Rows = Extract<Section, { kind: 'rows' }>['rows']

function rowsSection(title: string, rows: Rows, total: number): Section[] {
  if (!rows.length) return []
  return [{ kind: 'rows', title: `${title} (${total})`, fold: 'closed', rows, ...(total > rows.length && { total }) }]
}

/** The firing ones first, each newest first. */
function alertRows(alerts: readonly Kept<HeldAlert>[]): Rows {
  const newest = alerts.map(({ data }) => data).sort((a, b) => ((a.fired ?? '') < (b.fired ?? '') ? 1 : -1))
  const ordered = [...newest.filter(isFiring), ...newest.filter((alert) => !isFiring(alert))]
  return ordered.slice(0, mostRows).map((alert) => {
    const severity = alert.severity === undefined ? undefined : `SEV ${alert.severity}`
    const detail = dotted(severity, alert.service, alert.fired && [{ time: alert.fired }])
    const title: Text = alert.url ? [{ link: alert.url, text: alert.title }] : alert.title
    return { title, ...(detail && { detail }), end: isFiring(alert) ? 'firing' : 'over' }
  })
}

function storyRow({ at, by, text }: StoryLine): Rows[number] {
  const said: Span[] = typeof text === 'string' ? [text] : text
  return { title: by ? [`${by.name} `, ...said] : said, end: [{ time: at }] }
}
