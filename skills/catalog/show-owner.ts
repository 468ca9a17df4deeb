import { answer, fact, sourcesOf } from '../kit/answer.js'
import type { Entity, Ref } from '../kit/model.js'
import type { Neighbour, Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply } from '../kit/reply.js'
import { decideOwner, type Evidence, type Ownership } from './decide-owner.js'

/** Says which team owns a thing, by which evidence, and who says otherwise. */
export async function showOwner(entity: Entity, turn: Turn<'catalog'>): Promise<Reply> {
  const claims = await turn.catalog.related(entity, { type: 'ownedBy', direction: 'out' })
  const evidence = claims.length ? claims : await throughService(entity, turn)
  const decided = decideOwner(evidence.map(evidenceOf))
  const query = `ownedBy of ${entity.kind} ${entity.id}`
  const sources = sourcesOf([entity, ...claims.map((claim) => claim.entity)], await turn.catalog.sources(), query)
  if (!decided) return sayUnowned(entity, sources)
  return answer(await ownerCard(entity, decided, turn), {
    sources,
    buttons: buttonsFor(decided.owner.ref, decided.owner.team),
  })
}

function sayUnowned(entity: Entity, sources: NonNullable<Reply['sources']>): Reply {
  const sentence = `Nobody owns ${entity.name}: no tag, CODEOWNERS, catalog-info.yaml or PagerDuty service names a team.`
  const show: Button = {
    title: `Show ${entity.name}`,
    intent: { command: 'catalog.show', args: { entity: { kind: entity.kind, id: entity.id } } },
  }
  return answer(
    { state: 'attention', topic: 'Owner', title: entity.name, status: 'unowned', sentence },
    { sources, buttons: [show] },
  )
}

async function ownerCard(
  entity: Entity,
  { owner, agree, differ }: Ownership,
  { catalog }: Turn<'catalog'>,
): Promise<CardBody> {
  const members = await catalog.related(owner.ref, { type: 'memberOf', direction: 'in' })
  const lead = (await catalog.related(owner.ref, { type: 'leadBy', direction: 'out' }))[0]?.entity
  const others = sayOthers(differ)
  return {
    state: differ.length ? 'warning' : 'good',
    icon: 'team',
    topic: 'Owner',
    title: entity.name,
    status: differ.length ? 'disputed' : owner.team,
    sentence: differ.length
      ? `${owner.team} owns ${entity.name} by ${owner.why}, but ${others}.`
      : `${owner.team} owns ${entity.name}, by ${[...new Set(agree.map(({ why }) => why))].join(', ')}.`,
    facts: [...fact('Lead', lead?.name), ...fact('Members', members.length ? String(members.length) : undefined)],
  }
}

/** `CODEOWNERS and PagerDuty say Platform`: who says otherwise, by what they say. */
function sayOthers(differ: Ownership['differ']): string {
  const byTeam = new Map<string, Set<string>>()
  for (const { team, why } of differ) byTeam.set(team, (byTeam.get(team) ?? new Set()).add(why))
  const said = [...byTeam].map(([team, why]) => `${[...why].join(' and ')} ${why.size > 1 ? 'say' : 'says'} ${team}`)
  return said.join(', and ')
}

/** A resource that says nothing of a team belongs to its service's. */
async function throughService(entity: Entity, { catalog }: Turn<'catalog'>): Promise<Neighbour[]> {
  const services = await catalog.related(entity, { type: 'partOf', direction: 'out' })
  const owned = services.map(async ({ entity: service }) => {
    const claims = await catalog.related(service, { type: 'ownedBy', direction: 'out' })
    return claims.map((claim) => ({ ...claim, relation: { ...claim.relation, why: `its service ${service.name}` } }))
  })
  return (await Promise.all(owned)).flat()
}

const evidenceOf = ({ entity, relation }: Neighbour): Evidence => ({
  ref: { kind: entity.kind, id: entity.id },
  team: entity.name,
  source: relation.source,
  why: relation.why ?? relation.source,
})

const buttonsFor = ({ kind, id }: Ref, name: string): Button[] => [
  { title: `Who's on call for ${name}`, intent: { command: 'on-call.show', args: { target: { kind, id } } } },
  { title: `Show ${name}`, intent: { command: 'catalog.show', args: { entity: { kind, id } } } },
]
