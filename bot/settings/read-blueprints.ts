import { z } from 'zod/v4'
import { icons, type Icon } from '../../cards/icons.js'
import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import { relationTypes, stepNamed, type RelationType, type StepName } from '../../skills/kit/catalog/relation-types.js'
import type { Settings } from '../../skills/kit/ports.js'
import { BlueprintSchema, propertyOf } from './blueprint-schema.js'
import { locateYaml, saysIssues, type LocatedYaml } from './settings-file.js'

/** The folder of the settings in which an organisation declares kinds of its own, one YAML file each. */
export const blueprintsFolder = 'blueprints'

const word = z.string().trim().min(1).max(60)
const step = z.string().refine((name) => stepNamed(name) !== undefined, {
  message: `no relation is called so; there are ${Object.entries(relationTypes)
    .map(([type, { inverse }]) => `${type} (${inverse})`)
    .join(', ')}`,
})

/**
 * A kind of an organisation's own:
 *
 *     kind: DataProduct                        # as filters and pushes name it
 *     title: Data product                      # as people do; `titles` is several of them
 *     titles: Data products
 *     summary: A data set that a team offers to others, with a promise of how fresh it is.
 *     icon: data
 *     words: [data product, data set]
 *     properties:                              # JSON Schema, draft 2020-12
 *       required: [classification]
 *       properties:
 *         classification: { type: string, enum: [public, internal, secret], x-ordered: true }
 *         refreshed: { type: string, format: date-time, x-words: [last refresh] }
 *     relations: { ownedBy: [Team], partOf: [Service] }
 *     facts: [ownedBy, classification, refreshed]
 *     sections: [{ title: Used by, steps: [consumedBy] }]
 *     next: [{ ask: owner }]
 */
const Blueprint = z.strictObject({
  kind: z
    .string()
    .regex(/^[A-Z][A-Za-z0-9]{1,39}$/, 'a kind is written as DataProduct is: letters and digits, the first a capital'),
  title: word,
  titles: word,
  summary: z.string().trim().min(1).max(300),
  icon: z.enum(Object.keys(icons) as [Icon, ...Icon[]]).optional(),
  words: z.array(word.toLowerCase()).default([]),
  properties: BlueprintSchema.prefault({}),
  relations: z
    .partialRecord(z.enum(Object.keys(relationTypes) as [RelationType]), z.array(z.string()).min(1))
    .default({}),
  sentence: z.array(z.string().max(200)).max(10).optional(),
  facts: z.array(z.string()).default([]),
  sections: z.array(z.strictObject({ title: word.optional(), steps: z.array(step).min(1) })).default([]),
  next: z
    .array(
      z.strictObject({ ask: z.enum(['on-call', 'dependents', 'incidents', 'owner', 'show']), of: step.optional() }),
    )
    .default([]),
})
type Blueprint = z.output<typeof Blueprint>

/** A file whose shape is right. */
interface Drawn {
  blueprint: Blueprint
  yaml: LocatedYaml
}

/** The kinds of an organisation, and what is wrong in their files: a sentence each, with the line. */
export interface ReadBlueprints {
  kinds: readonly KindDeclaration[]
  mistakes: readonly string[]
}

/** Reads all blueprints of the settings. */
export async function readBlueprintsOf(settings: Pick<Settings, 'list' | 'read'>): Promise<ReadBlueprints> {
  const paths = (await settings.list(blueprintsFolder)).filter((path) => /\.ya?ml$/.test(path)).sort()
  return readBlueprints(
    await Promise.all(paths.map(async (path) => [path, (await settings.read(path)) ?? ''] as const)),
  )
}

/**
 * Reads blueprints together, since they may point at each other. One with a mistake is left out, and the others hold.
 * @param files path and text of each
 */
export function readBlueprints(files: readonly (readonly [path: string, text: string])[]): ReadBlueprints {
  const mistakes: string[] = []
  const drawn = files.flatMap(([path, text]): Drawn[] => {
    const yaml = locateYaml(path, text)
    if (yaml.mistakes) {
      mistakes.push(...yaml.mistakes)
      return []
    }
    const read = Blueprint.safeParse(yaml.value)
    if (!read.success) mistakes.push(...saysIssues(yaml, read.error.issues))
    return read.success ? [{ blueprint: read.data, yaml }] : []
  })
  const taken = new Map(builtInKinds.flatMap((one) => namesOf(one).map((name) => [name, one.title] as const)))
  const known = new Set([...builtInKinds, ...drawn.map(({ blueprint }) => blueprint)].map(({ kind }) => String(kind)))
  const kinds = drawn.flatMap((one): KindDeclaration[] => {
    const wrong = meaningMistakes(one, known, taken)
    mistakes.push(...wrong)
    if (wrong.length) return []
    const declaration = declarationOf(one.blueprint)
    for (const name of namesOf(declaration)) taken.set(name, declaration.title)
    return [declaration]
  })
  return { kinds, mistakes }
}

/** What a kind is called, in lower case: no two kinds share a name. */
const namesOf = ({
  kind,
  title,
  plural,
  says,
}: Pick<KindDeclaration, 'kind' | 'title' | 'plural' | 'says'>): string[] => [
  ...new Set([
    ...[kind, title, plural].map((name) => name.toLowerCase()),
    ...says.map((word) => (typeof word === 'string' ? word : word.word)),
  ]),
]

/** Names that the filter language keeps for itself. */
const reserved = new Set(
  'name id kind source words where and or not in contains missing within older than everything nothing true false'.split(
    ' ',
  ),
)

/** What is wrong with a blueprint of the right shape, beside others. */
function meaningMistakes(
  { blueprint, yaml }: Drawn,
  known: ReadonlySet<string>,
  taken: ReadonlyMap<string, string>,
): string[] {
  const { properties: schema, relations, facts, sentence = [], sections, next } = blueprint
  const { properties, required } = schema
  const shown = (name: string) => name in properties || name === 'summary' || name === 'url' || stepNamed(name)
  const inside = ['properties', 'properties']
  const declared = declarationOf(blueprint)
  const clash = namesOf(declared).find((name) => taken.has(name))
  const out = (name: string) => {
    const found = stepNamed(name)!
    return found.direction === 'out' && !relations[found.type]
  }
  return [
    ...(clash ? [yaml.says(['kind'], `"${clash}" is what ${taken.get(clash)!} is called already`)] : []),
    ...Object.keys(properties)
      .filter((name) => !/^[a-z][A-Za-z0-9]*$/.test(name) || reserved.has(name) || stepNamed(name))
      .map((name) =>
        yaml.says([...inside, name], `${name}: a property is written as lastRefresh is, and is no word of filters`),
      ),
    ...Object.entries(properties).flatMap(([name, property]) =>
      schemaMistakes(property).map((what) => yaml.says([...inside, name], `${name}: ${what}`)),
    ),
    ...required
      .filter((name) => !(name in properties))
      .map((name) => yaml.says(['properties', 'required'], `required: ${name} is no property of it`)),
    ...Object.entries(relations).flatMap(([type, targets]) =>
      targets
        .filter((kind) => !known.has(kind))
        .map((kind) =>
          yaml.says(['relations', type], `${type}: no kind is called ${kind}; there are ${[...known].join(', ')}`),
        ),
    ),
    ...facts.flatMap((name, at) =>
      shown(name) ? [] : [yaml.says(['facts', at], `facts: ${name} is no property and no relation of it`)],
    ),
    ...sentence.flatMap((piece, at) =>
      [...piece.matchAll(/\{([^}]*)\}/g)].flatMap(([, name]) =>
        shown(name!) ? [] : [yaml.says(['sentence', at], `sentence: ${name} is no property and no relation of it`)],
      ),
    ),
    ...sections.flatMap(({ steps }, at) =>
      steps
        .filter(out)
        .map((name) => yaml.says(['sections', at, 'steps'], `sections: ${name} is none of its relations`)),
    ),
    ...next.flatMap(({ of }, at) =>
      of !== undefined && out(of) ? [yaml.says(['next', at], `next: ${of} is none of its relations`)] : [],
    ),
  ]
}

/** What a schema of the right shape asks that cannot be. */
function schemaMistakes(property: Blueprint['properties']['properties'][string]): string[] {
  const { pattern } = property.type === 'string' ? property : property.type === 'array' ? property.items : {}
  return [
    ...(property.type === 'string' && property['x-ordered'] && !property.enum
      ? ['x-ordered needs an enum, the least first']
      : []),
    ...(pattern !== undefined && !isPattern(pattern) ? [`pattern ${pattern} is no regular expression`] : []),
    ...((property.type === 'number' || property.type === 'integer') &&
    property.minimum !== undefined &&
    property.maximum !== undefined &&
    property.minimum > property.maximum
      ? ['minimum is more than maximum']
      : []),
  ]
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u')
    return true
  } catch {
    return false
  }
}

const declarationOf = ({
  titles,
  words,
  properties: schema,
  relations,
  sections,
  next,
  sentence,
  icon,
  ...rest
}: Blueprint): KindDeclaration => ({
  ...rest,
  ...(icon && { icon }),
  plural: titles,
  says: words,
  properties: {
    summary: { type: 'text', title: 'Summary', says: ['description'] },
    url: { type: 'text', title: 'Address', says: ['link'], shown: 'link' },
    ...Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, propertyOf(name, one)])),
  },
  required: schema.required,
  relations,
  ...(sentence && { sentence }),
  sections: sections.map(({ title, steps }) => ({ ...(title && { title }), steps: steps as StepName[] })),
  next: next.map(({ ask, of }) => ({ ask, ...(of && { of: of as StepName }) })),
  ...(relations.ownedBy && { ownable: true as const }),
})
