import { answer, fact, sourcesOf } from '../kit/answer.js'
import type { Entity, Ref } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import { eachOnce } from '../kit/ref-key.js'
import type { Button, CardBody, Reply } from '../kit/reply.js'
import { sayGrounds, sayOthers, type Ownership } from './decide-owner.js'
import { findOwner } from './find-owner.js'

/** Says which team owns a thing, by which evidence, and who says otherwise. */
export async function showOwner(entity: Entity, turn: Turn<'catalog'>): Promise<Reply> {
  const decided = await findOwner(entity, turn.catalog)
  const query = `ownedBy of ${entity.kind} ${entity.id}`
  const owner = decided && (await turn.catalog.get(decided.owner.ref))
  const sources = sourcesOf([entity, ...(owner ? [owner] : [])], await turn.catalog.sources(), query)
  if (!decided) return sayUnowned(entity, sources)
  return answer(await ownerCard(entity, decided, turn), {
    sources,
    buttons: buttonsFor(decided.owner.ref, decided.owner.team),
  })
}

function sayUnowned(entity: Entity, sources: NonNullable<Reply['sources']>): Reply {
  const sentence = `Nobody owns ${entity.name}: no tag, CODEOWNERS, catalog-info.yaml or PagerDuty service names a team, neither its own nor of what it is part of or built from.`
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
  // Each source that says who is in a team says it by itself.
  const related = await catalog.related(owner.ref, { type: 'memberOf', direction: 'in' })
  const members = eachOnce(related.map(({ entity }) => entity))
  const lead = (await catalog.related(owner.ref, { type: 'leadBy', direction: 'out' }))[0]?.entity
  return {
    state: differ.length ? 'warning' : 'good',
    icon: 'team',
    topic: 'Owner',
    title: entity.name,
    status: differ.length ? 'disputed' : owner.team,
    sentence: differ.length
      ? `${owner.team} owns ${entity.name} ${sayGrounds([owner])}, but ${sayOthers(differ)}.`
      : `${owner.team} owns ${entity.name}, ${sayGrounds(agree)}.`,
    facts: [...fact('Lead', lead?.name), ...fact('Members', members.length ? String(members.length) : undefined)],
  }
}

const buttonsFor = ({ kind, id }: Ref, name: string): Button[] => [
  ...(kind === 'Team'
    ? [{ title: `Who's on call for ${name}`, intent: { command: 'on-call.show', args: { target: { kind, id } } } }]
    : []),
  { title: `Show ${name}`, intent: { command: 'catalog.show', args: { entity: { kind, id } } } },
]
