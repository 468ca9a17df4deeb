import type { Fact } from '../../cards/model.js'
import { answer, fact, sourcesOf, textProp } from '../kit/answer.js'
import { stepNamed, titleOfStep } from '../kit/catalog/relation-types.js'
import type { Entity } from '../kit/model.js'
import type { Catalog, Turn } from '../kit/ports.js'
import type { CardBody, Reply } from '../kit/reply.js'
import { sayGrounds, sayOthers, type Ownership } from './decide-owner.js'
import { headOf, saidInSentence, undeclared, valueOf, type Portrait } from './describe-entity.js'
import { findOwner } from './find-owner.js'
import { nextButtons } from './next-questions.js'
import { publicationSection } from './publication-section.js'
import { keyOf, relationSections } from './relation-sections.js'
import { withoutImplied } from './without-implied.js'

const mostFacts = 6
/** Names that a fact may list; more are a section. */
const mostNames = 2

/** Says what the catalog knows of an entity: how it stands, its facts, and what it hangs together with, as its kind declares it. */
export async function showEntity(entity: Entity, { catalog, now }: Turn<'catalog'>): Promise<Reply> {
  const kinds = await catalog.kinds()
  const portrait = withoutImplied({
    entity,
    declared: kinds.find(({ kind }) => kind === entity.kind) ?? undeclared(entity),
    out: await catalog.related(entity, { direction: 'out' }),
    back: await catalog.related(entity, { direction: 'in' }),
    now,
  })
  const owner = portrait.declared.ownable && (await findOwner(entity, catalog))
  const head = headOf(portrait)
  const { facts, shown } = factsOf(portrait, owner)
  const card: CardBody = {
    ...head,
    ...(owner?.differ.length && head.state === 'accent' && { state: 'warning' as const }),
    facts,
    sections: [...publicationSection(entity), ...relationSections(portrait, shown, kinds)],
  }
  const idle = await teamsWithoutAnything(portrait, catalog)
  return answer(card, {
    headline: [`${head.topic} ${head.title}`, ...(head.sentence ? [': ', ...[head.sentence].flat()] : [])],
    sources: sourcesOf([entity], await catalog.sources(), `get ${entity.kind} ${entity.id}`),
    buttons: nextButtons(portrait, ({ id }) => idle.has(id)),
  })
}

/** The facts of an entity, as many as there is room for, and the steps that need no section any more. */
function factsOf(portrait: Portrait, owner: Ownership | undefined): { facts: Fact[]; shown: Set<string> } {
  const said = saidInSentence(portrait)
  const shown = new Set(said.flatMap((name) => keysOf(name)))
  // What says in which environment it runs needs no list of it.
  if (textProp(portrait.entity, 'environment')) shown.add('out runsIn')
  const facts: Fact[] = []
  for (const name of portrait.declared.facts) {
    if (facts.length >= mostFacts || said.includes(name)) continue
    const found = name === 'ownedBy' ? ownerFact(portrait, owner) : factOf(name, portrait)
    if (!found.length) continue
    facts.push(...found)
    for (const key of keysOf(name)) shown.add(key)
  }
  return { facts, shown }
}

function factOf(name: string, portrait: Portrait): Fact[] {
  const step = stepNamed(name)
  const value = valueOf(name, portrait)
  if (step && typeof value === 'string' && value.split(', ').length > mostNames) return []
  return fact(step ? titleOfStep(step) : (portrait.declared.properties[name]?.title ?? name), value)
}

/** Whose it is, why, and who says otherwise; that it is nobody's, of what should be somebody's. */
function ownerFact(portrait: Portrait, owner: Ownership | undefined): Fact[] {
  if (!portrait.declared.ownable) return factOf('ownedBy', portrait)
  if (!owner) return fact('Owner', 'nobody')
  const { team } = owner.owner
  const others = sayOthers(owner.differ)
  return fact('Owner', `${team}, ${sayGrounds([owner.owner])}${others ? `; ${others}` : ''}`)
}

const keysOf = (name: string): string[] => {
  const step = stepNamed(name)
  return step ? [keyOf(step)] : []
}

/** Ids of a person's teams that own nothing. */
async function teamsWithoutAnything({ entity, out }: Portrait, catalog: Catalog): Promise<Set<string>> {
  if (entity.kind !== 'Person') return new Set()
  const teams = out.filter(({ relation }) => relation.type === 'memberOf').map((one) => one.entity)
  const owned = await Promise.all(teams.map((team) => catalog.related(team, { type: 'ownedBy', direction: 'in' })))
  return new Set(teams.filter((_, index) => !owned[index]!.length).map(({ id }) => id))
}
