import type { Fact } from '../../cards/model.js'
import { answer, dotted, fact, instantProp, listSection, sourcesOf, textProp } from '../kit/answer.js'
import { placeOfKind, type Entity, type Kind, type RelationType } from '../kit/model.js'
import type { Catalog, Neighbour, Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply, Section } from '../kit/reply.js'
import { headOf, kindNames, namesOf } from './describe-entity.js'

/** What is worth a fact, by label, in the order of worth; a kind shows those of its properties that are here. */
const factProps: readonly [prop: string, label: string][] = [
  ['tier', 'Tier'],
  ['version', 'Version'],
  ['environment', 'Environment'],
  ['sku', 'Size'],
  ['language', 'Language'],
  ['mail', 'Mail'],
  ['phone', 'Phone'],
  ['zone', 'Time zone'],
  ['branch', 'Branch'],
  ['priority', 'Priority'],
  ['updated', 'Updated'],
]
const mostFacts = 6

/** Relations that are always a fact: whose it is and who carries its pager must not be behind a fold. */
const factRelations: readonly [type: RelationType, label: string][] = [
  ['ownedBy', 'Owner'],
  ['onCallBy', 'Schedule'],
  ['leadBy', 'Lead'],
]

/** How relations are headed on a card, from either end. */
const headings: Record<RelationType, { out: string; in: string }> = {
  dependsOn: { out: 'Depends on', in: 'Used by' },
  ownedBy: { out: 'Owner', in: 'Owns' },
  partOf: { out: 'Part of', in: 'Made of' },
  memberOf: { out: 'Teams', in: 'Members' },
  leadBy: { out: 'Lead', in: 'Leads' },
  runsIn: { out: 'Environment', in: 'Runs here' },
  builtFrom: { out: 'Built from', in: 'Builds' },
  affects: { out: 'Affects', in: 'Incidents' },
  assignedTo: { out: 'Assigned to', in: 'Assigned' },
  authoredBy: { out: 'Author', in: 'Wrote' },
  reviewBy: { out: 'Reviewers', in: 'To review' },
  onCallBy: { out: 'On-call schedule', in: 'On call for' },
  provides: { out: 'Provides', in: 'Provided by' },
  consumes: { out: 'Uses', in: 'Used by' },
  publishes: { out: 'Publishes', in: 'Published by' },
  declaredBy: { out: 'Declared in', in: 'Declares' },
  watches: { out: 'Watches', in: 'Watched by' },
  runOf: { out: 'Run of', in: 'Runs' },
  deploys: { out: 'Deploys', in: 'Deployments' },
  causedBy: { out: 'Caused by', in: 'Caused' },
  documents: { out: 'Runbook for', in: 'Runbooks' },
}

/** What the sentence of a kind says already. */
const saidInSentence: Partial<Record<Kind, readonly RelationType[]>> = {
  Resource: ['partOf'],
  Incident: ['affects', 'assignedTo'],
  PullRequest: ['partOf', 'authoredBy'],
}

/** Says what the catalog knows of an entity: its facts, and what it hangs together with. */
export async function showEntity(entity: Entity, { catalog }: Turn<'catalog'>): Promise<Reply> {
  const out = await catalog.related(entity, { direction: 'out' })
  const back = await catalog.related(entity, { direction: 'in' })
  const { facts, left } = factsOf(entity, out)
  const teams = entity.kind === 'Person' ? await answerableTeams(out, catalog) : []
  const head = headOf(entity, out)
  const card: CardBody = { ...head, facts, sections: [...sectionsOf(left, 'out'), ...sectionsOf(back, 'in')] }
  return answer(card, {
    headline: [`${head.topic} ${head.title}`, ...(head.sentence ? [': ', ...[head.sentence].flat()] : [])],
    sources: sourcesOf([entity], await catalog.sources(), `get ${entity.kind} ${entity.id}`),
    buttons: buttonsOf(entity, out, teams),
  })
}

/** The teams of a person that own something: the team of the whole company is nobody to turn to. */
async function answerableTeams(out: readonly Neighbour[], catalog: Catalog): Promise<Entity[]> {
  const teams = out.filter(({ relation }) => relation.type === 'memberOf').map(({ entity }) => entity)
  const owned = await Promise.all(teams.map((team) => catalog.related(team, { type: 'ownedBy', direction: 'in' })))
  return teams.filter((_, index) => owned[index]!.length > 0)
}

/** The facts of an entity, and the relations that did not become one: those to more than two, or for which there was no room. */
function factsOf(entity: Entity, out: readonly Neighbour[]): { facts: Fact[]; left: Neighbour[] } {
  const first = factRelations.flatMap(([type, label]) => fact(label, namesOf(out, type)))
  const own = factProps.flatMap(([prop, label]): Fact[] => {
    const at = instantProp(entity, prop)
    return fact(label, at ? [{ ago: at }] : textProp(entity, prop))
  })
  const facts = [...first, ...own].slice(0, mostFacts)
  const said = new Set([...factRelations.map(([type]) => type), ...(saidInSentence[entity.kind] ?? [])])
  if (textProp(entity, 'environment')) said.add('runsIn')
  for (const type of new Set(out.map(({ relation }) => relation.type))) {
    if (said.has(type) || facts.length >= mostFacts) continue
    const names = namesOf(out, type)
    if (names.split(', ').length > 2) continue
    facts.push({ label: headings[type].out, value: names })
    said.add(type)
  }
  return { facts, left: out.filter(({ relation }) => !said.has(relation.type)) }
}

function sectionsOf(all: readonly Neighbour[], direction: 'out' | 'in'): Section[] {
  // By kind as people look for them: services before what they stand on.
  const place = ({ entity }: Neighbour) => placeOfKind(entity.kind)
  const neighbours = [...all].sort((a, b) => place(a) - place(b))
  const byHeading = new Map<string, Map<string, Neighbour>>()
  for (const neighbour of neighbours) {
    const heading = headingOf(neighbour, direction)
    const rows = byHeading.get(heading) ?? new Map<string, Neighbour>()
    byHeading.set(heading, rows.set(`${neighbour.entity.kind}/${neighbour.entity.id}`, neighbour))
  }
  return [...byHeading].flatMap(([heading, rows]) => listSection(heading, [...rows.values()], rowOf, { most: 6 }) ?? [])
}

/** What a team owns is many things of many kinds, so each kind has its own list. */
const headingOf = ({ relation: { type }, entity: { kind } }: Neighbour, direction: 'out' | 'in'): string =>
  type === 'ownedBy' && direction === 'in' ? kindNames(kind) : headings[type][direction]

function rowOf({ entity, relation }: Neighbour) {
  const title = textProp(entity, 'title')
  const detail = dotted(title && entity.name, textProp(entity, 'environment'), relation.why)
  return { title: title ?? entity.name, ...(detail && { detail }), select: showButton(entity) }
}

const showButton = ({ kind, id, name }: Entity): Button => ({
  title: `Show ${name}`,
  intent: { command: 'catalog.show', args: { entity: { kind, id } } },
})

const ownable: readonly Kind[] = ['Resource', 'Repository', 'Pipeline', 'Api', 'Package']

/**
 * What is likely asked next. Of an incident that is who carries the pager of what it hurts; of a resource, whose it is.
 * @param teams of a person
 */
function buttonsOf(entity: Entity, out: readonly Neighbour[], teams: readonly Entity[]): Button[] {
  const { kind, id, name } = entity
  const ref = { kind, id }
  const owned: Button = { title: `Who owns ${name}`, intent: { command: 'catalog.owner', args: { entity: ref } } }
  const dependents: Button = {
    title: `What depends on ${name}`,
    intent: { command: 'catalog.depends', args: { entity: ref } },
  }
  const around = (type: RelationType) => out.filter(({ relation }) => relation.type === type).map((one) => one.entity)
  if (kind === 'Service') return [pager(entity), dependents, incidents(entity), owned]
  if (kind === 'Team') return [pager(entity), incidents(entity)]
  if (kind === 'Incident')
    return around('affects')
      .slice(0, 1)
      .flatMap((hurt) => [pager(hurt), showButton(hurt)])
  if (kind === 'Person') return teams.slice(0, 1).flatMap((team) => [pager(team), showButton(team)])
  if (kind === 'Schedule')
    return around('ownedBy')
      .slice(0, 1)
      .flatMap((team) => [pager(team), showButton(team)])
  const whole = [...around('partOf'), ...around('ownedBy')].slice(0, 1).map(showButton)
  return ownable.includes(kind) ? [owned, ...whole] : whole
}

const pager = ({ kind, id, name }: Entity): Button => ({
  title: `Who's on call for ${name}`,
  intent: { command: 'on-call.show', args: { target: { kind, id } } },
})

const incidents = ({ kind, id, name }: Entity): Button => ({
  title: `Incidents of ${name}`,
  intent: { command: 'incident.list', args: { scope: { kind, id } } },
})
