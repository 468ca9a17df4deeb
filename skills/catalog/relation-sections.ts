import { dotted, listSection, textProp } from '../kit/answer.js'
import type { KindDeclaration } from '../kit/catalog/kind-declaration.js'
import { nameOfStep, stepNamed, titleOfStep, type Step } from '../kit/catalog/relation-types.js'
import { placeOfKind, type Entity, type Kind } from '../kit/model.js'
import type { Neighbour } from '../kit/ports.js'
import type { Button, Section } from '../kit/reply.js'
import { lookOf, type Portrait } from './describe-entity.js'

/** Rows of a section; the others are counted. */
const mostRows = 6

/**
 * What an entity hangs together with: the sections that its kind declares, then those of relations that its kind knows nothing of, so that
 * nothing a source says is lost.
 * @param shown names of steps that the card says elsewhere
 */
export function relationSections(
  portrait: Portrait,
  shown: ReadonlySet<string>,
  kinds: readonly KindDeclaration[],
): Section[] {
  const listed = new Set(portrait.declared.sections.flatMap(({ steps }) => steps as readonly string[]))
  const declared = portrait.declared.sections.map(({ title, steps }) => ({
    title,
    steps: steps.map((name) => stepNamed(name)!),
  }))
  const others = stepsOf(portrait)
    .filter(([name]) => !listed.has(name))
    .map(([, step]) => ({ title: titleOfStep(step), steps: [step] }))
  return [...declared, ...others].flatMap(({ title, steps }) => {
    const found = steps.filter((step) => !shown.has(keyOf(step))).flatMap((step) => takenBy(step, portrait))
    return title === undefined ? byKind(found, kinds) : section(title, found, kinds)
  })
}

/** How a step is kept in a set of those that are shown. */
export const keyOf = ({ type, direction }: Step): string => `${direction} ${type}`

/** The steps that lead anywhere from an entity, by name. */
function stepsOf({ out, back }: Portrait): [name: string, step: Step][] {
  const steps = new Map<string, [string, Step]>()
  const add = (neighbours: readonly Neighbour[], direction: Step['direction']) => {
    for (const { relation } of neighbours) {
      const step: Step = { type: relation.type, direction }
      steps.set(keyOf(step), [nameOfStep(step), step])
    }
  }
  add(out, 'out')
  add(back, 'in')
  return [...steps.values()]
}

const takenBy = ({ type, direction }: Step, { out, back }: Portrait): Neighbour[] =>
  (direction === 'out' ? out : back).filter(({ relation }) => relation.type === type)

/** Many things of many kinds: each kind has its own list, in the order people look for them. */
function byKind(found: readonly Neighbour[], kinds: readonly KindDeclaration[]): Section[] {
  const groups = new Map<Kind, Neighbour[]>()
  for (const neighbour of [...found].sort((a, b) => placeOfKind(a.entity.kind) - placeOfKind(b.entity.kind))) {
    const { kind } = neighbour.entity
    groups.set(kind, [...(groups.get(kind) ?? []), neighbour])
  }
  return [...groups].flatMap(([kind, group]) =>
    section(kinds.find((one) => one.kind === kind)?.plural ?? `${kind}s`, group, kinds),
  )
}

function section(title: string, found: readonly Neighbour[], kinds: readonly KindDeclaration[]): Section[] {
  const distinct = new Map(found.map((one) => [`${one.entity.kind}/${one.entity.id}`, one]))
  const rows = [...distinct.values()].sort(
    (a, b) =>
      placeOfKind(a.entity.kind) - placeOfKind(b.entity.kind) ||
      (newest(a.entity) < newest(b.entity) ? 1 : newest(a.entity) > newest(b.entity) ? -1 : 0),
  )
  const list = listSection(title, rows, (one) => rowOf(one, kinds), { most: mostRows })
  return list ? [list] : []
}

/** The moment by which things that happen are listed, the newest first; things that only are have none. */
const newest = (entity: Entity): string =>
  textProp(entity, 'opened') ?? textProp(entity, 'at') ?? textProp(entity, 'started') ?? ''

function rowOf({ entity, relation }: Neighbour, kinds: readonly KindDeclaration[]) {
  const title = textProp(entity, 'title')
  const state = textProp(entity, 'state')?.toLowerCase()
  const look = lookOf(
    entity,
    kinds.find(({ kind }) => kind === entity.kind),
  )
  const detail = dotted(title && entity.name, textProp(entity, 'environment'), state, relation.why)
  return {
    ...((look === 'attention' || look === 'warning') && { state: look }),
    title: title ?? entity.name,
    ...(detail && { detail }),
    select: showButton(entity),
  }
}

/** Shows an entity's own card. */
export const showButton = ({ kind, id, name }: Entity): Button => ({
  title: `Show ${name}`,
  intent: { command: 'catalog.show', args: { entity: { kind, id } } },
})
