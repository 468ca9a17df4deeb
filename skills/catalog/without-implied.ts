import { nameOfStep, type Step, type StepName } from '../kit/catalog/relation-types.js'
import type { Neighbour } from '../kit/ports.js'
import type { Portrait } from './describe-entity.js'

/** What follows from a step between the same two: who provides an API, that is what it is part of. */
const implies: Partial<Record<StepName, StepName>> = { providedBy: 'partOf', provides: 'hasPart' }

/** A portrait without what follows from the rest of it, so that no card says one thing twice. */
export function withoutImplied(portrait: Portrait): Portrait {
  const nameOf = ({ relation: { type } }: Neighbour, direction: Step['direction']) => nameOfStep({ type, direction })
  const sides = [
    ...portrait.out.map((near) => [near, nameOf(near, 'out')] as const),
    ...portrait.back.map((near) => [near, nameOf(near, 'in')] as const),
  ]
  const place = (name: StepName, { entity: { kind, id } }: Neighbour) => `${name} ${kind}/${id}`
  const implied = new Set(
    sides.flatMap(([near, name]) => {
      const also = implies[name]
      return also ? [place(also, near)] : []
    }),
  )
  const isNews = (direction: Step['direction']) => (near: Neighbour) =>
    !implied.has(place(nameOf(near, direction), near))
  return { ...portrait, out: portrait.out.filter(isNews('out')), back: portrait.back.filter(isNews('in')) }
}
