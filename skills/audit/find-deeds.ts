import type { Row, Text } from '../../cards/model.js'
import { answer, count, dotted, textProp } from '../kit/answer.js'
import type { Range } from '../kit/arguments.js'
import { sayAction } from '../kit/audit-actions.js'
import { notAllowed } from '../kit/errors.js'
import { roles, type Entity, type Instant, type Person, type Ref } from '../kit/model.js'
import type { AuditPage, AuditRecord } from '../kit/audit.js'
import type { Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply, Section } from '../kit/reply.js'
import { deedsOf, type Deed } from './deeds.js'
import { periodOf, sinceOf, type Period } from './period.js'

/** What is asked of the log. */
export interface Question {
  person?: Entity | undefined
  entity?: Entity | undefined
  environment?: string | undefined
  did?: string | undefined
  range?: Range | undefined
  when?: Period | undefined
  since?: Instant | undefined
}

type AuditTurn = Turn<'audit' | 'catalog'>

/** Deeds shown, and log entries looked at for them. */
const shown = 10
const lookedAt = 500

/** Whether a person may read what others did. */
const mayReadAll = ({ roles: own }: Person): boolean =>
  own.some((role) => roles.indexOf(role) >= roles.indexOf('platform-engineer'))

/** Says who did what to what, with which result, newest first. Everybody reads their own lines; those of others are for Platform Engineers. */
export async function findDeeds(question: Question, turn: AuditTurn): Promise<Reply> {
  const { person, entity, range, when, since } = question
  const { person: reader, now } = turn
  const isOwn = person?.id === reader.id
  const all = mayReadAll(reader)
  if (person && !isOwn && !all)
    throw notAllowed(
      `Only Platform Engineers may read what ${person.name} did.`,
      'You may read what you did yourself: “what did I do”. Ask a Platform Engineer for the rest.',
    )
  const stretch =
    range ??
    (when ? periodOf(when, now, reader.zone) : since === undefined ? undefined : sinceOf(since, now, reader.zone))
  const by = person?.id ?? (all ? undefined : reader.id)
  const targets = entity && (await targetsOf(entity, turn))
  const page = await turn.audit.find(
    {
      ...(by !== undefined && { by }),
      ...(targets && { targets }),
      ...(stretch && { from: stretch.from, to: stretch.to }),
      limit: lookedAt,
    },
    turn,
  )
  const deeds = await fitting(deedsOf(page.records), question, turn)
  return say({ deeds, page, question, stretch, ownOnly: !all && !isOwn }, turn)
}

/** A thing and what is part of it: what was done to a service was done to its resources. */
async function targetsOf({ kind, id }: Entity, { catalog }: AuditTurn): Promise<Ref[]> {
  const parts = await catalog.related({ kind, id }, { type: 'partOf', direction: 'in' })
  return [{ kind, id }, ...parts.map(({ entity }) => ({ kind: entity.kind, id: entity.id }))]
}

/** What people call doing, by how it stands in a command or a title. */
const doing: Record<string, RegExp> = {
  restarted: /restart/i,
  scaled: /scale/i,
  rotated: /rotate/i,
  swapped: /swap/i,
  deployed: /deploy|promote|roll/i,
  stopped: /stop/i,
  approved: /approved/i,
  rejected: /rejected/i,
}
export const doings = [...Object.keys(doing), 'changed', 'touched'] as const

/** The same as it stands after "did": "what did Dana restart". */
export const saidDoings: Readonly<Record<string, (typeof doings)[number]>> = {
  restart: 'restarted',
  scale: 'scaled',
  rotate: 'rotated',
  swap: 'swapped',
  deploy: 'deployed',
  stop: 'stopped',
  approve: 'approved',
  reject: 'rejected',
  change: 'changed',
  touch: 'touched',
}

/** Verdicts: whose they are stands in their own lines, because the change is its asker's. */
const verdicts: Record<string, string> = { approved: 'proposal.approved', rejected: 'proposal.rejected' }

/** Whether a deed is of a kind, and where somebody is named their own doing: what Dana restarted is not what she approved. */
function isDone(deed: Deed, did: string, person: Entity | undefined): boolean {
  const verdict = verdicts[did]
  if (person && verdict) return deed.records.some(({ action, by }) => action === verdict && by?.id === person.id)
  if (!doing[did]) return true
  return doing[did].test(`${deed.what} ${deed.result}`) && (!person || deed.by?.id === person.id)
}

async function fitting(deeds: Deed[], { did, person, environment }: Question, { catalog }: AuditTurn): Promise<Deed[]> {
  const done = did === undefined ? deeds : deeds.filter((deed) => isDone(deed, did, person))
  if (environment === undefined) return done
  const places = await Promise.all(
    done.map(async ({ environment: told, target }) => {
      if (told !== undefined) return told
      const entity = target && (await catalog.get(target))
      return entity && textProp(entity, 'environment')
    }),
  )
  return done.filter((_, i) => places[i] === environment)
}

interface Found {
  deeds: Deed[]
  page: AuditPage
  question: Question
  stretch: Range | undefined
  ownOnly: boolean
}

async function say({ deeds, page, question, stretch, ownOnly }: Found, turn: AuditTurn): Promise<Reply> {
  const { broken, to } = page.chain
  const about = [question.person?.name, question.did, question.entity?.name, question.environment, question.when]
    .filter(Boolean)
    .join(' · ')
  const rows = await Promise.all(deeds.slice(0, shown).map((deed) => rowOf(deed, turn)))
  const sections: Section[] = deeds.length
    ? [{ kind: 'rows', rows, total: deeds.length }, detailOf(deeds.slice(0, shown))]
    : []
  const card: CardBody = {
    state: broken ? 'attention' : 'emphasis',
    icon: broken ? 'failing' : 'document',
    topic: 'Audit',
    title: about ? about.charAt(0).toUpperCase() + about.slice(1) : 'Everything',
    status: deeds.length ? `${deeds.length}${page.more ? '+' : ''} found` : 'nothing found',
    sentence: sentence(deeds, broken, ownOnly, stretch),
    sections,
  }
  const source = broken
    ? { name: `Audit log, chain broken after #${to}`, asOf: turn.now }
    : { name: `Audit log, chain verified to #${to}`, asOf: turn.now }
  const query = queryOf(question, stretch)
  return answer(card, { sources: [{ ...source, ...(query && { query }) }] })
}

function sentence(deeds: Deed[], broken: string | undefined, ownOnly: boolean, stretch: Range | undefined): Text {
  if (broken) return `The audit log is not whole: ${broken} Run “nexus audit verify”.`
  const own = ownOnly ? ' These are your own; what others did, Platform Engineers may read.' : ''
  const [last] = deeds
  if (!last) return `Nothing of that kind is in the audit log${stretch ? ' for that time' : ''}.${own}`
  return [
    `${count(deeds.length, 'thing')} done; the last by ${last.by?.name ?? 'Nexus itself'}, `,
    { ago: last.at },
    `.${own}`,
  ]
}

async function rowOf(
  { by, what, target, result, state, at, proposal }: Deed,
  { catalog }: AuditTurn,
): Promise<Row<Button>> {
  const entity = target && (await catalog.get(target))
  const name = entity?.name ?? target?.id.split('/').at(-1)
  return {
    state,
    ...(state === 'good' && { icon: 'done' as const }),
    title: `${by?.name ?? 'Nexus'}: ${what}`,
    // A title such as "Restart web app checkout-web-stg" names its target.
    detail: dotted(name && !what.includes(name) ? name : undefined, result, proposal) ?? '',
    end: [{ ago: at }],
    ...(target &&
      entity && {
        select: { title: `Show ${entity.name}`, intent: { command: 'catalog.show', args: { entity: { ...target } } } },
      }),
  }
}

/** The lines themselves, for those who want to see: number, moment, who and what. */
function detailOf(deeds: readonly Deed[]): Section {
  const records = deeds.flatMap(({ records: lines }) => lines).sort((a, b) => b.seq - a.seq)
  const items = records
    .slice(0, 25)
    .map((record): Text => [
      `#${record.seq} `,
      { time: record.at },
      ` ${record.by?.name ?? 'Nexus'} ${sayAction(record.action)}${sayDetail(record)}`,
    ])
  return { kind: 'list', title: `Entries of the log (${records.length})`, fold: 'closed', items, total: records.length }
}

/** What the log keeps beside that is too long for a line. */
const long = new Set(['plan', 'args', 'stages', 'hash', 'configuration', 'thrown'])

/** What a line says beside who and what: why Nexus did it by itself, its details, and the turn, by which the program's log is searched. */
function sayDetail({ cause, detail, turn }: AuditRecord): string {
  const details = Object.entries(detail)
    .filter(([name]) => !long.has(name))
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
  const said = [...(cause === undefined ? [] : [`because of ${cause}`]), ...details].join(' · ').slice(0, 300)
  return [said, turn && `turn ${turn}`]
    .filter(Boolean)
    .map((part) => ` · ${part}`)
    .join('')
}

function queryOf({ person, entity, environment, did }: Question, stretch: Range | undefined): string {
  return [
    'audit',
    person && `by ${person.id}`,
    entity && `of ${entity.kind} ${entity.id}`,
    environment && `in ${environment}`,
    did,
    stretch && `from ${stretch.from} to ${stretch.to}`,
    'newest first',
  ]
    .filter(Boolean)
    .join(' ')
}
