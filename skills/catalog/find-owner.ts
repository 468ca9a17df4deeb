import type { Step } from '../kit/catalog/relation-types.js'
import type { Entity, Instant } from '../kit/model.js'
import type { Catalog } from '../kit/ports.js'
import { decideOwner, type Evidence, type Ownership } from './decide-owner.js'
import { eachOnce, refKey } from '../kit/ref-key.js'

/**
 * Who owns a thing: whom it says itself; else whom the nearest things say that it is part of; else whom the repositories say that it, or
 * what it is part of, is built from; else whom the environments say in which they run.
 */
export async function findOwner(
  entity: Entity,
  catalog: Pick<Catalog, 'related' | 'kinds'>,
  at?: Instant,
): Promise<Ownership | undefined> {
  const words = new Map((await catalog.kinds()).map(({ kind, says, title }) => [kind, firstWord(says) ?? title]))
  const around = async (from: Entity, type: Step['type']) =>
    catalog.related(from, { type, direction: 'out', ...(at && { at }) })
  const evidenceOf = async (of: Entity): Promise<Evidence[]> =>
    (await around(of, 'ownedBy')).map(({ entity: { kind, id, name }, relation: { source, why } }) => ({
      ...{ ref: { kind, id }, team: name, source, why: why ?? source },
      ...(of !== entity && { through: `${words.get(of.kind) ?? of.kind} ${of.name}` }),
    }))
  const own = decideOwner(await evidenceOf(entity))
  if (own) return own
  const wholes = [entity]
  const seen = new Set([refKey(entity)])
  for (let ring = [entity]; ring.length; wholes.push(...ring)) {
    const above = (await Promise.all(ring.map((one) => around(one, 'partOf')))).flat().map((found) => found.entity)
    ring = above.filter((one) => !seen.has(refKey(one)) && seen.add(refKey(one)))
    const inherited = decideOwner((await Promise.all(ring.map(evidenceOf))).flat())
    if (inherited) return inherited
  }
  const beside = async (type: Step['type']) => {
    const found = (await Promise.all(wholes.map((one) => around(one, type)))).flat().map((one) => one.entity)
    return decideOwner((await Promise.all(eachOnce(found).map(evidenceOf))).flat())
  }
  return (await beside('builtFrom')) ?? (await beside('runsIn'))
}

const firstWord = (says: readonly (string | { word: string })[]): string | undefined =>
  typeof says[0] === 'string' ? says[0] : undefined
