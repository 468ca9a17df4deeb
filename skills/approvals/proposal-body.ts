import type { Fact, Section } from '../../cards/model.js'
import { fact, textProp } from '../kit/answer.js'
import { regionName } from '../kit/azure-names.js'
import { roles, type Entity, type Person, type Ref } from '../kit/model.js'
import type { Decision } from '../kit/plan.js'
import type { Catalog, People } from '../kit/ports.js'
import type { Proposal, Vote } from '../kit/proposal.js'
import { roleTitle, sayStage } from '../kit/rule-words.js'
import { approvalsOf } from '../kit/stages.js'
import type { Button, CardBody } from '../kit/reply.js'
import { mostMovedSaid, type Shown } from './proposal-head.js'
import { sayFacts, sayValue } from './say-value.js'

/** Most guards that hold and are named on the card itself. */
const mostGuards = 3
const mostNames = 12

/** Who gave an approval, and what they are where a greater role than the stage asks for lets them: "Omar Haddad (Admin)". */
async function voterOf({ by, stage }: Vote, { stages }: Proposal, people: Pick<People, 'get'>): Promise<string> {
  const who = stages[stage]?.who
  const person = await people.get(by.id)
  if (!who || 'people' in who || !person || person.roles.includes(who.role)) return by.name
  const [greater] = person.roles.toSorted((a, b) => roles.indexOf(b) - roles.indexOf(a))
  return greater && roles.indexOf(greater) > roles.indexOf(who.role) ? `${by.name} (${roleTitle(greater)})` : by.name
}

/**
 * What a proposal's card shows in every state, so that the eye finds its place: what, to what, from what to what, who must agree, and who
 * asked.
 * @param decided whether the card says elsewhere who approved it
 */
export async function proposalBody(
  shown: Shown,
  approvers: readonly Person[],
  { catalog, people }: { catalog: Catalog; people: Pick<People, 'get'> },
  decided: boolean,
): Promise<Pick<CardBody, 'title' | 'facts' | 'sections'>> {
  const { proposal } = shown
  const { plan } = proposal
  const nameOf = await namesOf(proposal, catalog)
  const facts = [
    ...fact('Target', await targetOf(proposal, catalog)),
    ...changeFact(proposal),
    ...fact('Guards', sayGuards(plan.guards)),
    ...fact('Needs', await needs(proposal, nameOf, decided, people)),
    ...fact('Asked by', [`${proposal.by.name} `, { time: proposal.at }]),
    ...fact('Undo', proposal.undoneBy && `asked for in ${proposal.undoneBy}`),
  ]
  return { title: plan.title, facts, sections: sectionsOf(shown, approvers) }
}

async function targetOf({ plan: { target, environment } }: Proposal, catalog: Catalog): Promise<string> {
  const entity = await catalog.get(target)
  const parts = [entity?.name ?? target.id.split('/').at(-1)!, environment, entity && regionOf(entity)]
  return parts.filter(Boolean).join(' · ')
}

const regionOf = (entity: Entity): string | undefined => {
  const region = textProp(entity, 'region')
  return region === undefined ? undefined : regionName(region)
}

const sayGuard = ({ allowed, warns, reason }: Decision): string => `${warns ? '▲' : allowed ? '✓' : '✗'} ${reason}`

/** What speaks against it in full; where many guards hold, how many, and the plan names them. */
function sayGuards(guards: readonly Decision[]): string {
  const told = guards.filter(({ allowed, warns }) => !allowed || warns)
  const held = guards.filter((guard) => !told.includes(guard))
  const well = held.length > mostGuards ? [`✓ ${told.length ? '' : 'all '}${held.length} hold`] : held.map(sayGuard)
  return [...told.map(sayGuard), ...well].join('  ')
}

function changeFact({ state, plan: { before, after } }: Proposal): Fact[] {
  const changed = Object.entries(after).map(([label, to]) => ({
    label,
    value: `${sayValue(before[label] ?? null)} → ${sayValue(to)}`,
  }))
  if (!changed.length) return fact(state === 'waiting' ? 'Now' : 'Before', sayFacts(before))
  return changed.length === 1
    ? changed
    : fact('Change', changed.map(({ label, value }) => `${label} ${value}`).join(' · '))
}

async function needs(
  proposal: Proposal,
  nameOf: (id: string) => string,
  decided: boolean,
  people: Pick<People, 'get'>,
): Promise<string> {
  const stages = proposal.stages.map(async (stage, index) => {
    const votes = decided ? [] : approvalsOf(proposal, index)
    const given = await Promise.all(votes.map(async (vote) => `✓ ${await voterOf(vote, proposal, people)}`))
    return [sayStage(stage, nameOf), ...given].join(' ')
  })
  return (await Promise.all(stages)).join(', then ')
}

function sectionsOf({ proposal, run }: Shown, approvers: readonly Person[]): Section<Button>[] {
  const { plan, moved, policy, votes, undoes } = proposal
  const rejected = votes.filter(({ verdict }) => verdict === 'reject')
  const sections: Section<Button>[] = []
  // Fewer stand in the card's sentence.
  if (moved && moved.length > mostMovedSaid)
    sections.push({
      kind: 'table',
      title: 'What moved',
      columns: [{ title: 'What' }, { title: 'When approved' }, { title: 'Now' }],
      rows: moved.map(({ what, from, to }) => [what, sayValue(from), sayValue(to)]),
    })
  sections.push({
    kind: 'list',
    title: 'Plan',
    fold: 'closed',
    items: [
      ...(undoes === undefined ? [] : [`Undoes ${undoes}`]),
      ...Object.entries(plan.before).map(([label, value]) => `Now: ${label} ${sayValue(value)}`),
      ...Object.entries(plan.after).map(([label, value]) => `After: ${label} ${sayValue(value)}`),
      ...Object.entries(plan.binds).map(([label, value]) => `Must not move: ${label} ${sayValue(value)}`),
      ...plan.guards.map((guard) => `Guard: ${sayGuard(guard)}`),
      'impossible' in plan.undo ? `Undo: ${plan.undo.impossible}` : 'Undo: by a change with an approval of its own',
      ...plan.requests,
    ],
  })
  sections.push({
    kind: 'list',
    title: 'Who may approve',
    fold: 'closed',
    items: [
      ...approvers.slice(0, mostNames).map(({ name }) => name),
      ...(approvers.length > mostNames ? [`and ${approvers.length - mostNames} more`] : []),
      `Rule: ${policy.rule} (policy ${policy.version})`,
      ...rejected.map(({ by, reason }) => `Rejected by ${by.name}: ${reason ?? ''}`),
    ],
  })
  if (run?.log.length)
    sections.push({
      kind: 'list',
      title: 'Log',
      fold: 'closed',
      items: run.log.map(({ at, text }) => [{ time: at }, ` ${text}`]),
    })
  return sections
}

/** The names of the teams and people that the stages name by id. */
async function namesOf({ stages }: Proposal, catalog: Catalog): Promise<(id: string) => string> {
  const refs = stages.flatMap(({ who }): Ref[] => {
    if ('people' in who) return who.people.map((id) => ({ kind: 'Person', id }))
    return who.team === undefined ? [] : [{ kind: 'Team', id: who.team }]
  })
  const found = await Promise.all(refs.map((ref) => catalog.get(ref)))
  const names = new Map(found.flatMap((entity) => (entity ? [[entity.id, entity.name] as const] : [])))
  return (id) => names.get(id) ?? id
}
