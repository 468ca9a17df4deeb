import type { Fact, Section } from '../../cards/model.js'
import { fact, textProp } from '../kit/answer.js'
import type { Person, Ref } from '../kit/model.js'
import type { Facts } from '../kit/plan.js'
import type { Catalog } from '../kit/ports.js'
import type { Proposal } from '../kit/proposal.js'
import { sayStage } from '../kit/rule-words.js'
import { approvalsOf } from '../kit/stages.js'
import type { Button, CardBody } from '../kit/reply.js'
import type { Shown } from './proposal-head.js'
import { sayFacts, sayValue } from './say-value.js'

/** Most lines of what changes that stand on the card itself; the plan has them all. */
const mostChanges = 2
const mostNames = 12

/** What a proposal's card shows in every state, so that the eye finds its place: what, to what, from what to what, and who must agree. */
export async function proposalBody(
  shown: Shown,
  approvers: readonly Person[],
  catalog: Catalog,
): Promise<Pick<CardBody, 'title' | 'facts' | 'sections'>> {
  const { proposal } = shown
  const { plan } = proposal
  const nameOf = await namesOf(proposal, catalog)
  const facts = [
    ...fact('Target', await targetOf(proposal, catalog)),
    ...changeFacts(plan.before, plan.after),
    ...fact('Guards', plan.guards.map(({ allowed, reason }) => `${allowed ? '✓' : '✗'} ${reason}`).join('  ')),
    ...fact('Needs', needs(proposal, nameOf)),
    ...fact('Undo', undo(shown)),
  ]
  return { title: plan.title, facts, sections: sectionsOf(shown, approvers) }
}

async function targetOf({ plan: { target, environment } }: Proposal, catalog: Catalog): Promise<string> {
  const entity = await catalog.get(target)
  const parts = [entity?.name ?? target.id.split('/').at(-1)!, environment, entity && textProp(entity, 'region')]
  return parts.filter(Boolean).join(' · ')
}

function changeFacts(before: Facts, after: Facts): Fact[] {
  const changed = Object.entries(after)
  if (!changed.length) return fact('Now', sayFacts(before))
  if (changed.length > mostChanges)
    return fact(
      'Change',
      changed.map(([label, to]) => `${label} ${sayValue(before[label] ?? null)} → ${sayValue(to)}`).join(' · '),
    )
  return changed.map(([label, to]) => ({ label, value: `${sayValue(before[label] ?? null)} → ${sayValue(to)}` }))
}

function needs(proposal: Proposal, nameOf: (id: string) => string): string {
  const stages = proposal.stages.map((stage, index) => {
    const given = approvalsOf(proposal, index).map(({ by }) => `✓ ${by.name}`)
    return [sayStage(stage, nameOf), ...given].join(' ')
  })
  return stages.join(', then ')
}

function undo({ proposal: { plan, undoneBy } }: Shown): string {
  if ('impossible' in plan.undo) return `can’t be undone: ${plan.undo.impossible}`
  return undoneBy === undefined ? 'possible, with an approval of its own' : `asked for in ${undoneBy}`
}

function sectionsOf({ proposal, run }: Shown, approvers: readonly Person[]): Section<Button>[] {
  const { plan, moved, policy, votes, undoes } = proposal
  const rejected = votes.filter(({ verdict }) => verdict === 'reject')
  const sections: Section<Button>[] = []
  if (moved?.length)
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
