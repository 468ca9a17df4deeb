import type { CardBody, CardFact } from '../../cards/model.js'
import { answer, count, instantProp, sourcesOf, textProp } from '../kit/answer.js'
import type { Entity, RelationType } from '../kit/model.js'
import type { Neighbour, Turn } from '../kit/ports.js'
import type { Button, Reply } from '../kit/reply.js'
import { ago } from '../kit/times.js'

/** What is worth a fact, by label, in the order of worth; a kind shows those of its properties that are here. */
const factProps: readonly [prop: string, label: string][] = [
  ['title', 'Title'],
  ['state', 'State'],
  ['severity', 'Severity'],
  ['tier', 'Tier'],
  ['version', 'Version'],
  ['type', 'Type'],
  ['environment', 'Environment'],
  ['region', 'Region'],
  ['sku', 'Size'],
  ['language', 'Language'],
  ['mail', 'Mail'],
  ['phone', 'Phone'],
  ['zone', 'Time zone'],
  ['branch', 'Branch'],
  ['priority', 'Priority'],
  ['opened', 'Opened'],
  ['updated', 'Updated'],
  ['lastRun', 'Last run'],
]
const mostFacts = 6

/** How relations are headed on a card, from either end. */
const headings: Record<RelationType, { out: string; in: string }> = {
  dependsOn: { out: 'Depends on', in: 'Used by' },
  ownedBy: { out: 'Owner', in: 'Owns' },
  partOf: { out: 'Part of', in: 'Resources' },
  memberOf: { out: 'Teams', in: 'Members' },
  leadBy: { out: 'Lead', in: 'Leads' },
  runsIn: { out: 'Environment', in: 'Runs here' },
  builtFrom: { out: 'Built from', in: 'Builds' },
  affects: { out: 'Affects', in: 'Incidents' },
  assignedTo: { out: 'Assigned to', in: 'Assigned' },
  authoredBy: { out: 'Author', in: 'Wrote' },
  reviewBy: { out: 'Reviewers', in: 'To review' },
  onCallBy: { out: 'On-call schedule', in: 'On call for' },
}
const mostRows = 8

/** Says what the catalog knows of an entity: its facts, and what it hangs together with. */
export async function showEntity(entity: Entity, turn: Turn<'catalog'>): Promise<Reply> {
  const out = await turn.catalog.related(entity, { direction: 'out' })
  const back = await turn.catalog.related(entity, { direction: 'in' })
  const summary = textProp(entity, 'summary') ?? textProp(entity, 'title') ?? textProp(entity, 'jobTitle')
  const state = textProp(entity, 'state')
  const card: CardBody = {
    state: 'accent',
    icon: '◆',
    title: `${entity.name}`,
    status: [entity.kind === 'WorkItem' ? 'Work item' : entity.kind, state].filter(Boolean).join(' · '),
    sentence: summary
      ? `${summary}${/[.!?]$/.test(summary) ? '' : '.'}`
      : `${entity.name} is a ${entity.kind.toLowerCase()} in the catalog.`,
    facts: factsOf(entity, turn.now),
    sections: [...sectionsOf(out, 'out'), ...sectionsOf(back, 'in')],
  }
  return answer(card, {
    sources: sourcesOf([entity], await turn.catalog.sources(), `get ${entity.kind} ${entity.id}`),
    buttons: buttonsOf(entity),
  })
}

function factsOf(entity: Entity, now: string): CardFact[] {
  const facts = factProps.flatMap(([prop, label]): CardFact[] => {
    const moment = instantProp(entity, prop)
    const value = moment && /^\d{4}-\d\d-\d\dT/.test(moment) ? ago(moment, now) : textProp(entity, prop)
    return value ? [{ label, value }] : []
  })
  return facts.slice(0, mostFacts)
}

function sectionsOf(neighbours: readonly Neighbour[], direction: 'out' | 'in'): NonNullable<CardBody['sections']> {
  const byHeading = new Map<string, Map<string, string>>()
  for (const { entity, relation } of neighbours) {
    const heading = headings[relation.type][direction]
    const rows = byHeading.get(heading) ?? new Map<string, string>()
    byHeading.set(heading, rows)
    rows.set(entity.name, textProp(entity, 'title') ?? relation.why ?? '')
  }
  return [...byHeading].map(([heading, rows]) => {
    const shown = [...rows].slice(0, mostRows).map(([text, note]) => ({ text, ...(note && { note }) }))
    const rest = rows.size - shown.length
    return {
      title: `${heading} (${rows.size})`,
      rows: rest ? [...shown, { text: `and ${count(rest, 'other')}` }] : shown,
    }
  })
}

function buttonsOf({ kind, id, name }: Entity): Button[] {
  const ref = { kind, id }
  const owned: Button = { title: `Who owns ${name}`, intent: { command: 'catalog.owner', args: { entity: ref } } }
  const pager: Button = {
    title: `Who's on call for ${name}`,
    intent: { command: 'on-call.show', args: { target: ref } },
  }
  const incidents: Button = {
    title: `Incidents of ${name}`,
    intent: { command: 'incident.list', args: { scope: ref } },
  }
  const dependents: Button = {
    title: `What depends on ${name}`,
    intent: { command: 'catalog.depends', args: { entity: ref } },
  }
  if (kind === 'Service') return [pager, dependents, incidents, owned]
  if (kind === 'Team') return [pager, incidents]
  return ['Resource', 'Repository', 'Pipeline', 'Api', 'Package'].includes(kind) ? [owned] : []
}
