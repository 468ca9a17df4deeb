import { textProp } from '../kit/answer.js'
import type { Entity, Instant, Ref } from '../kit/model.js'
import type { SystemTurn } from '../kit/ports.js'
import type { Whereto } from '../kit/records.js'
import { graphOf, type Graph } from './correlation.js'
import type { Doer, Named } from './incident.js'

type Asking = Pick<SystemTurn<'catalog' | 'onCall' | 'people'>, 'catalog' | 'onCall' | 'people'>

/** Most services that are looked at around an alert's own. */
const widest = 2_000
/** Steps from an alert's services that the correlator may want to look. */
const farthest = 3

export const named = ({ id, name }: Entity): Named => ({ id, name })

/** The services that an event is about: those it names, those of the resources it names, and those built from the repositories it names. */
export async function servicesOf(subjects: readonly Ref[], { catalog }: Pick<Asking, 'catalog'>): Promise<Entity[]> {
  const found = new Map<string, Entity>()
  for (const subject of subjects) {
    const own = subject.kind === 'Service' ? await catalog.get(subject) : undefined
    const through = own
      ? []
      : subject.kind === 'Repository'
        ? await catalog.related(subject, { type: 'builtFrom', direction: 'in' })
        : await catalog.related(subject, { type: 'partOf', direction: 'out' })
    for (const entity of [...(own ? [own] : []), ...through.map((one) => one.entity)])
      if (entity.kind === 'Service') found.set(entity.id, entity)
  }
  return [...found.values()]
}

/** How services hang together around a few of them, both ways. */
export async function graphAround(services: readonly string[], { catalog }: Pick<Asking, 'catalog'>): Promise<Graph> {
  const edges: [string, string][] = []
  const seen = new Set(services)
  let ring = [...seen]
  for (let step = 0; step < farthest && ring.length; step++) {
    const next: string[] = []
    for (const id of ring)
      for (const direction of ['out', 'in'] as const)
        for (const { entity } of await catalog.related({ kind: 'Service', id }, { type: 'dependsOn', direction })) {
          edges.push(direction === 'out' ? [id, entity.id] : [entity.id, id])
          if (seen.has(entity.id) || seen.size >= widest) continue
          seen.add(entity.id)
          next.push(entity.id)
        }
    ring = next
  }
  return graphOf(edges)
}

/** Where an incident is told, and why there where that is not plain. */
export interface Telling {
  team?: Named
  to?: Whereto
  whyThere?: string
}

/** Who is told of trouble: the owners of what it is about, else those it hurts first, else an administrator. */
export async function tellingOf(service: Entity | undefined, subjects: readonly Ref[], turn: Asking): Promise<Telling> {
  const { catalog, people } = turn
  const about = [...(service ? [service] : []), ...subjects]
  for (const ref of about) {
    const team = await ownerOf(ref, turn)
    if (team) return { team: named(team), to: channelOf(team) }
  }
  for (const { entity } of service ? await catalog.reach(service, { direction: 'up', depth: 3 }) : []) {
    const team = await ownerOf(entity, turn)
    if (team)
      return {
        team: named(team),
        to: channelOf(team),
        whyThere: `Nobody owns ${service!.name}; ${entity.name}, which depends on it, is ${team.name}’s.`,
      }
  }
  const [admin] = await people.fitting({ role: 'admin' })
  const what = service ? `Nobody owns ${service.name}.` : 'The catalog does not know what it is about.'
  return admin ? { to: { person: admin.id }, whyThere: `${what} Told to an administrator.` } : { whyThere: what }
}

const channelOf = ({ id }: Entity): Whereto => ({ team: id, purpose: 'incidents' })

async function ownerOf(ref: Ref, { catalog }: Pick<Asking, 'catalog'>): Promise<Entity | undefined> {
  return (await catalog.related(ref, { type: 'ownedBy', direction: 'out' }))[0]?.entity
}

/** Who carries the pager for a service, or its team, at a moment. */
export async function onCallFor(
  target: Ref | undefined,
  at: Instant,
  { onCall }: Pick<Asking, 'onCall'>,
): Promise<Doer[]> {
  if (!target) return []
  const rotas = await onCall.rotas(target, at)
  const people = rotas.flatMap(({ shifts }) => {
    const now = shifts.find(({ from, to }) => from <= at && at < to)
    return now ? [doerOfEntity(now.person)] : []
  })
  return [...new Map(people.map((person) => [person.id, person])).values()]
}

/** A person of the catalog as one who does something. */
export function doerOfEntity(person: Entity): Doer {
  const objectId = textProp(person, 'objectId')
  return { id: person.id, name: person.name, ...(objectId && { objectId }) }
}
