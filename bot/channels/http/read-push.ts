import { z } from 'zod/v4'
import { checkClaim, type ClaimMistake } from '../../../skills/kit/catalog/check-claim.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import { byUsualNames } from '../../../skills/kit/catalog/usual-names.js'
import { plainName } from '../../../skills/kit/entity-ids.js'
import { usualEnvironment } from '../../../skills/kit/environment-names.js'
import type { Claim, Json, Ref, RelationType } from '../../../skills/kit/model.js'
import { refKey } from '../../../skills/kit/ref-key.js'

/** What somebody pushes: entities as a source says they are now, and those that it has no more. */
export interface Push {
  /** What the source is called to people. */
  title?: string
  claims: Claim[]
  gone: Ref[]
}

/** Something wrong in a push, and where: `entities[3].props.tier`. */
export interface PushMistake {
  path: string
  message: string
}

/** Most entities of one push, and bytes of its body: what one record of the store keeps while it is taken in. */
export const mostEntities = 1_000
export const largestPush = 1_500_000
/** Mistakes that are answered; the others are counted. */
const mostMistakes = 100

const Ref = z.strictObject({ kind: z.string(), id: z.string().optional(), name: z.string().optional() })
const Pushed = z.strictObject({
  kind: z.string(),
  id: z.string().optional(),
  name: z.string().min(1),
  aliases: z.array(z.string()).max(50).optional(),
  props: z.record(z.string(), z.json()).default({}),
  relations: z
    .array(z.strictObject({ type: z.string(), to: Ref, why: z.string().max(500).optional() }))
    .max(5_000)
    .default([]),
})
const Body = z.strictObject({
  title: z.string().trim().min(1).max(80).optional(),
  entities: z.array(Pushed).max(mostEntities).default([]),
  gone: z.array(Ref).max(mostEntities).default([]),
})

/** Kinds whose entities are made by Nexus alone. */
const ownKinds = new Set<string>(['Proposal'])

/**
 * Reads the body of a push and holds every entity against the declaration of its kind. Pure. Either all of it is right, or every mistake
 * is named.
 * @param body as it came
 * @param whole whether it is everything that the source has, of which nothing can be gone
 */
export function readPush(
  body: unknown,
  kinds: readonly KindDeclaration[],
  whole: boolean,
): { push: Push } | { mistakes: PushMistake[]; more: number } {
  const read = Body.safeParse(body)
  if (!read.success)
    return told(
      read.error.issues.map(({ path, message }) => ({ path: printPath(path) || 'body', message: lower(message) })),
    )
  const { title, entities, gone } = read.data
  const mistakes: PushMistake[] = []
  if (whole && gone.length)
    mistakes.push({
      path: 'gone',
      message: 'has no place in what is all of the source: what is not among entities is gone',
    })
  const seen = new Map<string, string>()
  const once = (ref: Ref, path: string) => {
    const key = refKey(ref)
    const first = seen.get(key)
    if (first) mistakes.push({ path, message: `is ${key}, which ${first} is already` })
    else seen.set(key, path)
  }
  const claims = entities.map((one, at): Claim => {
    const path = `entities[${at}]`
    const ref = refOf(one, path, mistakes)
    once(ref, path)
    const relations = one.relations.map(({ type, to, why }, n) => ({
      type: type as RelationType,
      to: refOf(to, `${path}.relations[${n}].to`, mistakes),
      ...(why && { why }),
    }))
    const claim: Claim = {
      ...ref,
      name: one.name,
      ...(one.aliases && { aliases: one.aliases }),
      props: one.props as Record<string, Json>,
      relations,
    }
    const wrong = ownKinds.has(claim.kind)
      ? [{ property: 'kind', reason: `is ${claim.kind}, which only Nexus makes` }]
      : checkClaim(claim, kinds)
    mistakes.push(...wrong.map((mistake) => placed(mistake, claim, path)))
    return byUsualNames(
      claim,
      kinds.find(({ kind }) => kind === claim.kind),
    )
  })
  const left = gone.map((one, at) => {
    const ref = refOf(one, `gone[${at}]`, mistakes)
    once(ref, `gone[${at}]`)
    return ref
  })
  return mistakes.length ? told(mistakes) : { push: { ...(title && { title }), claims, gone: left } }
}

const told = (mistakes: PushMistake[]): { mistakes: PushMistake[]; more: number } => ({
  mistakes: mistakes.slice(0, mostMistakes),
  more: Math.max(0, mistakes.length - mostMistakes),
})

/**
 * The id of an entity in the form in which every source says it: a service and a team by the plain form of their name, a resource by its
 * ARM id and a person by their mail address in lower case, an environment by its usual name. Without an id it is made of the name.
 */
function refOf({ kind, id, name }: z.output<typeof Ref>, path: string, mistakes: PushMistake[]): Ref {
  const given = id ?? (name === undefined ? undefined : formOf(kind, plainName(name)))
  if (!given) {
    mistakes.push({ path: `${path}.id`, message: 'is missing, and there is no name to make it of' })
    return { kind, id: '' }
  }
  const form = formOf(kind, given)
  if (form !== given)
    mistakes.push({
      path: `${path}.id`,
      message: `is ${JSON.stringify(given.slice(0, 60))}; the catalog has it as ${JSON.stringify(form.slice(0, 60))}`,
    })
  return { kind, id: given }
}

function formOf(kind: string, id: string): string {
  if (kind === 'Service' || kind === 'Team') return plainName(id)
  if (kind === 'Resource' || kind === 'Person') return id.toLowerCase()
  return kind === 'Environment' ? (usualEnvironment(id) ?? id) : id
}

function placed({ property, reason }: ClaimMistake, claim: Claim, path: string): PushMistake {
  if (property === undefined) return { path, message: reason }
  if (['kind', 'id', 'name', 'aliases'].includes(property)) return { path: `${path}.${property}`, message: reason }
  const [type] = property.split('.')
  const at = (claim.relations ?? []).findIndex((one) => one.type === type)
  return {
    path: Object.hasOwn(claim.props, property) || at < 0 ? `${path}.props.${property}` : `${path}.relations[${at}]`,
    message: reason,
  }
}

const printPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    '',
  )
const lower = (message: string): string => message.charAt(0).toLowerCase() + message.slice(1)
