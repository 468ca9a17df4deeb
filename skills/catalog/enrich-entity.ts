import {
  declaredProperties,
  type DeclarationWish,
  type DeclaredProperty,
  type ProposedPull,
} from '../kit/declarations.js'
import { teamRef } from '../kit/entity-ids.js'
import { badInput, Fault } from '../kit/errors.js'
import type { KindDeclaration } from '../kit/catalog/kind-declaration.js'
import type { Entity, Instant, Json, Ref } from '../kit/model.js'
import type { Plan, Step } from '../kit/plan.js'
import type { StepTurn, Turn } from '../kit/ports.js'
import { findOwner } from './find-owner.js'

/** What somebody says of an entity. */
export interface EnrichArgs {
  entity: Entity
  property: DeclaredProperty
  value: string
}

export type EnrichPorts = 'catalog' | 'declarations'
/** When the request was sent. */
export type EnrichState = { sent: Instant }

/** How people say each property besides its name. */
export const saidProperties: Readonly<Record<string, DeclaredProperty>> = {
  team: 'owner',
  'owning team': 'owner',
  'run book': 'runbook',
  criticality: 'tier',
  stage: 'lifecycle',
  'life cycle': 'lifecycle',
  'programming language': 'language',
  classification: 'data',
  'data class': 'data',
  'data classification': 'data',
  summary: 'description',
}

/** What may be declared of each kind; of a service all of it. */
const ofKind: Readonly<Record<string, readonly DeclaredProperty[]>> = {
  Service: declaredProperties,
  Api: ['owner', 'lifecycle', 'description'],
  Resource: ['owner', 'data', 'description'],
}
/** Under which name the catalog's kind has it, where that is another. */
const inKind: Partial<Record<DeclaredProperty, string>> = { description: 'summary' }

/** As much of a digest as people read. */
const shownDigest = 12
/** A moment to wait for a request without an answer before GitHub is asked what became of it. */
const takingPatience = 30_000

/** Works out the pull request that would say it. Reads and sends nothing. */
export async function planEnrichment({ entity, property, value }: EnrichArgs, turn: Turn<EnrichPorts>): Promise<Plan> {
  const kinds = await turn.catalog.kinds()
  const declared = kinds.find(({ kind }) => kind === entity.kind)
  const allowed = ofKind[entity.kind] ?? []
  if (!allowed.includes(property))
    throw badInput(
      `A file cannot say the ${property} of ${entity.name}: it is of the kind ${declared?.title ?? entity.kind}.`,
      allowed.length
        ? `It may say its ${allowed.join(', ')}.`
        : 'Services, APIs and Azure resources are declared in files.',
    )
  const said = await readValue(property, value, entity, declared, turn)
  const wish = await wishOf(entity, property, said.written, turn)
  const draft = await turn.declarations.draft(wish)
  const title = titleOf(property, declared)
  const owner = await findOwner(entity, turn.catalog)
  return {
    target: { kind: entity.kind, id: entity.id },
    title: `Change ${title.toLowerCase()} of ${entity.name}`,
    consequence: `A pull request to ${draft.fullName} changes ${draft.path}. The catalog follows when somebody merges it.`,
    ...(owner && owner.owner.ref.kind === 'Team' && { team: owner.owner.ref.id }),
    args: {
      entity: { kind: entity.kind, id: entity.id },
      name: entity.name,
      ...{ property, value, wish: wish as unknown as Json, base: draft.base ?? null, branch: draft.branch },
      ...{ repository: { ...draft.repository }, fullName: draft.fullName, path: draft.path },
    },
    before: { [title]: draft.before ?? 'not said' },
    after: { [title]: said.shown },
    binds: { [draft.path]: draft.base?.slice(0, shownDigest) ?? 'not there yet' },
    guards: [],
    undo: {
      command: 'catalog.retract',
      args: { repository: { ...draft.repository }, branch: draft.branch },
    },
    risk: 'low',
    requests: [`${draft.fullName}: ${draft.path} on branch ${draft.branch}`, ...draft.changes],
  }
}

/** What is approved, as it was planned. */
interface Approved {
  name: string
  property: DeclaredProperty
  value: string
  wish: DeclarationWish
  base: string | null
  repository: Ref
  branch: string
  fullName: string
  path: string
}

/** Opens the pull request, or finds out what became of a request without an answer. */
export async function stepEnrichment(
  plan: Plan,
  state: EnrichState | undefined,
  turn: StepTurn<EnrichPorts>,
): Promise<Step<EnrichState>> {
  const { wish, base, branch, fullName, name, property, value, repository } = plan.args as unknown as Approved
  const sent = state ?? { sent: turn.unanswered?.sent ?? turn.now }
  if (turn.unanswered) {
    const pull = await turn.declarations.find(repository, branch)
    if (pull) return done(pull, fullName, sent)
    const since = Date.parse(turn.now) - Date.parse(sent.sent)
    const progress = { text: `GitHub gave no answer, and is asked again for the pull request.` }
    if (since < takingPatience) return { state: sent, progress, next: later(turn.now, takingPatience) }
    const message = `GitHub gave no answer, and no pull request is there. The branch ${branch} may be left.`
    return { state: sent, progress: { text: message }, failed: { message } }
  }
  const words = {
    title: `${name}: ${property} is ${value}`.slice(0, 120),
    body: `Asked for in Nexus: ${property} of ${name} is ${value}.\n\nMerging this makes it so in the catalog; closing it changes nothing.`,
  }
  try {
    const pull = await turn.attempt(() => turn.declarations.propose(wish, base ?? undefined, words))
    return done(pull, fullName, sent)
  } catch (error) {
    // Nobody knows whether it was taken: the run looks for the pull request.
    if (!(error instanceof Fault) || error.code === 'Unavailable') throw error
    const message = [error.message, error.wayOn].filter(Boolean).join(' ')
    return { state: sent, progress: { text: message }, failed: { message } }
  }
}

/** The end: the pull request, by its name, which leads to it. */
const done = ({ number, url }: ProposedPull, fullName: string, state: EnrichState): Step<EnrichState> => ({
  state,
  progress: { text: `Pull request ${fullName}#${number} is open.`, ratio: 1 },
  done: { 'Pull request': { name: `${fullName}#${number}`, url } },
})

/** A value as the file has it and as people read it. @throws Fault BadInput saying what it may be */
async function readValue(
  property: DeclaredProperty,
  value: string,
  entity: Entity,
  declared: KindDeclaration | undefined,
  turn: Turn<EnrichPorts>,
): Promise<{ written: string; shown: string }> {
  const text = value.trim().replace(/\s+/g, ' ')
  if (property === 'owner') {
    const team = await teamNamed(text, turn)
    return { written: `group:${team.id}`, shown: team.name }
  }
  if (property === 'runbook' && !/^https:\/\/[^\s<>"]+$/.test(text))
    throw badInput(
      `${text.slice(0, 80)} is no address of a runbook.`,
      `Say “set runbook of ${entity.name} to https://…”.`,
    )
  const values = declared?.properties[inKind[property] ?? property]?.values
  const known = values?.find((one) => one.toLowerCase() === text.toLowerCase())
  if (values && !known) throw badInput(`${text.slice(0, 80)} is no ${property}.`, `It is one of ${values.join(', ')}.`)
  const written = known ?? (property === 'lifecycle' ? text.toLowerCase() : text)
  return { written, shown: written }
}

async function teamNamed(text: string, { catalog }: Turn<EnrichPorts>): Promise<Entity> {
  const found = await catalog.get(teamRef(text))
  if (found) return found
  const near = (await catalog.search(text, { kinds: ['Team'], limit: 3 })).map(({ entity }) => entity)
  const exact = near.find(({ name, aliases }) =>
    [name, ...aliases].some((one) => one.toLowerCase() === text.toLowerCase()),
  )
  if (exact) return exact
  throw badInput(
    `No team is called ${text.slice(0, 80)}.`,
    near.length ? `Nearest: ${near.map(({ name }) => name).join(', ')}.` : 'Say the name of a team of the catalog.',
  )
}

/** Where it would be said: in the file that declares it, else in the repository it is built from, else where what has none is declared. */
async function wishOf(
  entity: Entity,
  property: DeclaredProperty,
  value: string,
  { catalog }: Turn<EnrichPorts>,
): Promise<DeclarationWish> {
  const owner = await findOwner(entity, catalog)
  const wish: DeclarationWish = {
    entity: { kind: entity.kind, id: entity.id, name: entity.name },
    ...{ property, value },
    ...(owner && owner.owner.ref.kind === 'Team' && { owner: `group:${owner.owner.ref.id}` }),
  }
  const own = entity.props['declaration']
  if (typeof own === 'object' && own !== null && !Array.isArray(own)) {
    const { repository, path } = own
    if (typeof repository === 'string' && typeof path === 'string')
      return { ...wish, place: { repository: { kind: 'Repository', id: repository }, path } }
  }
  if (entity.kind === 'Resource') return wish
  const [built] = await catalog.related(entity, {
    type: entity.kind === 'Api' ? 'declaredBy' : 'builtFrom',
    direction: 'out',
  })
  if (!built) return wish
  const { kind, id } = built.entity
  return { ...wish, place: { repository: { kind, id }, path: 'catalog-info.yaml' } }
}

const titleOf = (property: DeclaredProperty, declared: KindDeclaration | undefined): string =>
  property === 'owner' ? 'Owner' : (declared?.properties[inKind[property] ?? property]?.title ?? property)
const later = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString()
