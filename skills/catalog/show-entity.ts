import type { Icon } from '../../cards/icons.js'
import type { Fact, Section } from '../../cards/model.js'
import { answer, dotted, fact, instantProp, listSection, sourcesOf, textProp } from '../kit/answer.js'
import type { Entity, Kind, RelationType } from '../kit/model.js'
import type { Neighbour, Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply } from '../kit/reply.js'

/** What is worth a fact, by label, in the order of worth; a kind shows those of its properties that are here. */
const factProps: readonly [prop: string, label: string][] = [
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

const kindIcons: Partial<Record<Kind, Icon>> = {
  Service: 'service',
  Resource: 'resource',
  Repository: 'repository',
  Pipeline: 'pipeline',
  Person: 'person',
  Team: 'team',
  Runbook: 'document',
  PullRequest: 'repository',
  WorkItem: 'document',
}
const kindNames: Partial<Record<Kind, string>> = {
  Resource: 'Azure resource',
  WorkItem: 'Work item',
  PullRequest: 'Pull request',
  AlertRule: 'Alert rule',
  Schedule: 'On-call schedule',
}

/** How relations are headed on a card, from either end. */
const headings: Record<RelationType, { out: string; in: string }> = {
  dependsOn: { out: 'Depends on', in: 'Used by' },
  ownedBy: { out: 'Owner', in: 'Owns' },
  partOf: { out: 'Part of', in: 'Parts' },
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

/** Says what the catalog knows of an entity: its facts, and what it hangs together with. */
export async function showEntity(entity: Entity, { catalog }: Turn<'catalog'>): Promise<Reply> {
  const out = await catalog.related(entity, { direction: 'out' })
  const back = await catalog.related(entity, { direction: 'in' })
  const kind = kindNames[entity.kind] ?? entity.kind
  const summary = textProp(entity, 'summary') ?? textProp(entity, 'title') ?? textProp(entity, 'jobTitle')
  const status = textProp(entity, 'state')
  const icon = kindIcons[entity.kind]
  const card: CardBody = {
    state: entity.kind === 'Incident' && !textProp(entity, 'resolved') ? 'attention' : 'accent',
    ...(icon && { icon }),
    topic: kind,
    title: entity.name,
    ...(status && { status }),
    sentence: summary ? withStop(summary) : `${entity.name} is ${withArticle(kind)} in the catalog.`,
    facts: factsOf(entity, out),
    sections: [...sectionsOf(out, 'out'), ...sectionsOf(back, 'in')],
  }
  const query = `get ${entity.kind} ${entity.id}`
  return answer(card, {
    headline: `${kind} ${entity.name}: ${card.sentence as string}`,
    sources: sourcesOf([entity], await catalog.sources(), query),
    buttons: buttonsOf(entity),
  })
}

/** "a service", "an API", "an Azure resource": names keep their capital, common nouns do not. */
const withArticle = (kind: string): string => {
  const noun = /^(Azure|Api)\b/.test(kind) ? kind.replace('Api', 'API') : kind.toLowerCase()
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`
}

const withStop = (sentence: string): string => (/[.!?…]$/.test(sentence) ? sentence : `${sentence}.`)

/** Relations whose one other end is said as a fact: whose it is and who carries its pager must not be behind a fold. */
const factRelations: readonly [type: RelationType, label: string][] = [
  ['ownedBy', 'Owner'],
  ['onCallBy', 'Schedule'],
  ['leadBy', 'Lead'],
]

function factsOf(entity: Entity, out: readonly Neighbour[]): Fact[] {
  const related = factRelations.flatMap(([type, label]) => {
    const names = out.filter(({ relation }) => relation.type === type).map((one) => one.entity.name)
    return fact(label, [...new Set(names)].join(', '))
  })
  const own = factProps.flatMap(([prop, label]): Fact[] => {
    const at = instantProp(entity, prop)
    return fact(label, at ? [{ ago: at }] : textProp(entity, prop))
  })
  return [...related, ...own].slice(0, mostFacts)
}

function sectionsOf(neighbours: readonly Neighbour[], direction: 'out' | 'in'): Section[] {
  const byHeading = new Map<string, Map<string, Neighbour>>()
  for (const neighbour of neighbours) {
    if (direction === 'out' && factRelations.some(([type]) => type === neighbour.relation.type)) continue
    const heading = headings[neighbour.relation.type][direction]
    const rows = byHeading.get(heading) ?? new Map<string, Neighbour>()
    byHeading.set(heading, rows.set(`${neighbour.entity.kind}/${neighbour.entity.id}`, neighbour))
  }
  return [...byHeading].flatMap(([heading, rows]) => {
    const section = listSection(heading, [...rows.values()], ({ entity, relation }) => {
      const detail = dotted(textProp(entity, 'title'), textProp(entity, 'environment'), relation.why)
      return { title: entity.name, ...(detail && { detail }) }
    })
    return section ? [section] : []
  })
}

const ownable: readonly Kind[] = ['Resource', 'Repository', 'Pipeline', 'Api', 'Package']

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
  return ownable.includes(kind) ? [owned] : []
}
