import type { CardBody } from '../../cards/model.js'
import { answer, sourcesOf } from '../kit/answer.js'
import type { Entity } from '../kit/model.js'
import type { Neighbour, Turn } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'
import { decideOwner, type Evidence } from './decide-owner.js'

/** Says which team owns a thing, by which evidence, and who says otherwise. */
export async function showOwner(entity: Entity, turn: Turn<'catalog'>): Promise<Reply> {
  const claims = await turn.catalog.related(entity, { type: 'ownedBy', direction: 'out' })
  const inherited = claims.length ? [] : await throughService(entity, turn)
  const decided = decideOwner([...claims, ...inherited].map(evidenceOf))
  const states = await turn.catalog.sources()
  const sources = sourcesOf(
    [entity, ...claims.map((claim) => claim.entity)],
    states,
    `ownedBy of ${entity.kind} ${entity.id}`,
  )
  const ref = { kind: entity.kind, id: entity.id }
  if (!decided) {
    const sentence = `Nobody owns ${entity.name}: no tag, CODEOWNERS, catalog-info.yaml or PagerDuty service names a team.`
    return answer(
      { state: 'attention', icon: '○', title: `Owner · ${entity.name}`, status: 'unowned', sentence },
      {
        sources,
        buttons: [{ title: `Show ${entity.name}`, intent: { command: 'catalog.show', args: { entity: ref } } }],
      },
    )
  }
  const { owner, agree, differ } = decided
  const card: CardBody = {
    state: differ.length ? 'warning' : 'good',
    icon: differ.length ? '◐' : '●',
    title: `Owner · ${entity.name}`,
    status: differ.length ? 'disputed' : owner.team,
    sentence: differ.length
      ? `${owner.team} owns ${entity.name} by ${owner.why}, but ${differ.map(({ team, why }) => `${why} says ${team}`).join(' and ')}.`
      : `${owner.team} owns ${entity.name}, by ${agree.map(({ why }) => why).join(', ')}.`,
    facts: [...(await facts(owner.ref, turn))],
  }
  return answer(card, {
    sources,
    buttons: [
      {
        title: `Who's on call for ${owner.team}`,
        intent: { command: 'on-call.show', args: { target: { kind: 'Team', id: owner.ref.id } } },
      },
      {
        title: `Show ${owner.team}`,
        intent: { command: 'catalog.show', args: { entity: { kind: 'Team', id: owner.ref.id } } },
      },
    ],
  })
}

/** A resource that says nothing of a team belongs to its service's. */
async function throughService(entity: Entity, { catalog }: Turn<'catalog'>): Promise<Neighbour[]> {
  const services = await catalog.related(entity, { type: 'partOf', direction: 'out' })
  const owned = await Promise.all(
    services.map(async ({ entity: service }) =>
      (await catalog.related(service, { type: 'ownedBy', direction: 'out' })).map((claim) => ({
        ...claim,
        relation: { ...claim.relation, why: `its service ${service.name}` },
      })),
    ),
  )
  return owned.flat()
}

const evidenceOf = ({ entity, relation }: Neighbour): Evidence => ({
  ref: entity,
  team: entity.name,
  source: relation.source,
  why: relation.why ?? relation.source,
})

async function facts(
  team: { kind: 'Team'; id: string } | Evidence['ref'],
  { catalog }: Turn<'catalog'>,
): Promise<{ label: string; value: string }[]> {
  const lead = (await catalog.related(team, { type: 'leadBy', direction: 'out' }))[0]?.entity
  const members = await catalog.related(team, { type: 'memberOf', direction: 'in' })
  return [
    ...(lead ? [{ label: 'Lead', value: lead.name }] : []),
    ...(members.length ? [{ label: 'Members', value: String(members.length) }] : []),
  ]
}
