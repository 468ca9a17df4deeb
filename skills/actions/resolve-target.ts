import { textProp } from '../kit/answer.js'
import { regionName, typeName } from '../kit/azure-names.js'
import { allOf } from '../kit/catalog/canonical-filter.js'
import type { Filter } from '../kit/catalog/filter.js'
import { plainName } from '../kit/entity-ids.js'
import { environmentName } from '../kit/environment-names.js'
import { badInput, notFound } from '../kit/errors.js'
import type { ActionManifest } from '../kit/action-manifest.js'
import type { Entity } from '../kit/model.js'
import type { Catalog } from '../kit/ports.js'
import { Question } from '../kit/question.js'

type Wanted = ActionManifest['target']

/** Most that are offered to choose from. */
const mostChoices = 6

/**
 * The resource that people mean. A service stands for its resources of the action's type; one that has none stands for those that are called
 * like it. Several are asked about, never guessed.
 * @throws Question where several fit; Fault NotFound naming what there is, BadInput for a resource of another type or environment
 */
export async function resolveTarget(
  wanted: Wanted,
  said: Entity,
  environment: Entity | undefined,
  catalog: Pick<Catalog, 'find' | 'related'>,
): Promise<Entity> {
  if (said.kind === 'Resource') return demandFit(wanted, said, environment)
  const ofType = (entities: readonly Entity[]) => entities.filter((entity) => isOf(wanted, entity))
  const own = ofType((await catalog.related(said, { type: 'partOf', direction: 'in' })).map(({ entity }) => entity))
  const every = own.length ? own : ofType(await calledLike(wanted, said, catalog))
  const fitting = environment ? every.filter((entity) => isIn(entity, environment)) : every
  const [only, ...more] = fitting
  if (only && !more.length) return only
  if (only) throw which(wanted, said, fitting)
  throw every.length ? elsewhere(wanted, said, environment!, every) : await none(wanted, said, catalog)
}

/** Whether an action works on an entity: a resource of its type. */
export const isOf = (wanted: Wanted, { kind, props }: Entity): boolean =>
  kind === 'Resource' && typeof props.type === 'string' && props.type.toLowerCase() === wanted.type.toLowerCase()

function demandFit(wanted: Wanted, said: Entity, environment: Entity | undefined): Entity {
  if (!isOf(wanted, said))
    throw badInput(
      `${said.name} is no ${wanted.called} but a ${typeName(textProp(said, 'type') ?? 'resource').toLowerCase()}.`,
      `Name a ${wanted.called}, or say “what can I do on ${said.name}”.`,
    )
  if (environment && !isIn(said, environment))
    throw badInput(`${said.name} is in ${environmentOf(said) ?? 'no environment'}, not in ${environment.name}.`)
  return said
}

const isIn = (entity: Entity, environment: Entity): boolean =>
  environmentName(textProp(entity, 'environment') ?? '') === environment.id

/** Most resources that are looked at for a name: whoever has more of one name says which. */
const mostAlike = 200

/** The resources of a type that have one of a service's names among the words of their own. */
async function calledLike(wanted: Wanted, said: Entity, catalog: Pick<Catalog, 'find'>): Promise<Entity[]> {
  const named = namesOf(said).map((words): Filter => ({ words }))
  const { entities } = await catalog.find({ filter: allOf([ofWanted(wanted), { any: named }]), limit: mostAlike })
  return entities.filter((entity) => isCalledLike(said, entity))
}

const ofWanted = ({ type }: Wanted): Filter => ({
  all: [{ kinds: ['Resource'] }, { property: 'type', is: '=', value: type }],
})

/** The names of a service as words. */
const namesOf = ({ id, name, aliases }: Entity): string[] =>
  [...new Set([id, name, ...aliases].map((one) => plainName(one).replaceAll('-', ' ')))].filter((one) => one !== '')

/** Whether a resource has one of a service's names among the words of its own: `vmss-orders-prd` is called orders. */
function isCalledLike(service: Entity, resource: Entity): boolean {
  const words = ` ${plainName(resource.name).replaceAll('-', ' ')} `
  return namesOf(service).some((one) => words.includes(` ${one} `))
}

function which(wanted: Wanted, said: Entity, found: readonly Entity[]): Question {
  const sorted = [...found].sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, mostChoices)
  const more = found.length - sorted.length
  return new Question(
    `Which ${wanted.called} of ${said.name} do you mean?`,
    sorted.map((entity) => ({
      title: entity.name,
      detail: whereOf(entity),
      args: { target: { kind: entity.kind, id: entity.id } },
    })),
    more ? `There are ${more} more; say the name of the one you mean.` : undefined,
  )
}

const environmentOf = (entity: Entity): string | undefined => {
  const said = textProp(entity, 'environment')
  return said === undefined ? undefined : environmentName(said)
}

/** Where a resource is, as people tell it from its namesakes. */
const whereOf = (entity: Entity): string =>
  [environmentOf(entity), regionName(textProp(entity, 'region') ?? '')].filter(Boolean).join(' · ')

const elsewhere = (wanted: Wanted, said: Entity, environment: Entity, found: readonly Entity[]) =>
  notFound(
    `${said.name} has no ${wanted.called} in ${environment.name}.`,
    `There is ${named(found.map((entity) => `${entity.name} (${environmentOf(entity) ?? 'no environment'})`))}.`,
  )

async function none(wanted: Wanted, said: Entity, catalog: Pick<Catalog, 'find' | 'related'>) {
  const own = (await catalog.related(said, { type: 'partOf', direction: 'in' })).map(({ entity }) => entity)
  const types = [...new Set(own.flatMap((entity) => textProp(entity, 'type') ?? []))].map((type) =>
    typeName(type).toLowerCase(),
  )
  const others = await catalog.find({ filter: ofWanted(wanted), limit: mostChoices })
  return notFound(
    `${said.name} has no ${wanted.called}${types.length ? `; it has ${named(types)}` : ''}.`,
    others.total
      ? `There is ${named(
          others.entities.map(({ name }) => name),
          others.total,
        )}; say which one you mean.`
      : `The catalog knows no ${wanted.called} at all.`,
  )
}

function named(all: readonly string[], total = all.length): string {
  const shown = all.slice(0, mostChoices)
  const rest = total - shown.length
  return rest ? `${shown.join(', ')} and ${rest} more` : shown.join(', ')
}
