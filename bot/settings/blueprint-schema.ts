import { z } from 'zod/v4'
import type { PropertyDeclaration } from '../../skills/kit/catalog/kind-declaration.js'

/**
 * As much of JSON Schema (draft 2020-12) as a property of a blueprint may use. Keywords that begin with `x-` are Nexus's: JSON Schema lets
 * vocabularies add their own, and other validators pass over them.
 */
const common = {
  title: z.string().trim().min(1).max(60).optional(),
  description: z.string().optional(),
  'x-words': z.array(z.string().trim().min(1).toLowerCase()).optional(),
}
const stringSchema = {
  type: z.literal('string'),
  format: z.enum(['date-time', 'uri', 'email']).optional(),
  enum: z.array(z.string().min(1)).min(1).optional(),
  pattern: z.string().max(200).optional(),
  maxLength: z.int().min(1).optional(),
}
const ownWords = {
  'x-ordered': z.boolean().default(false),
  'x-looks': z.record(z.string(), z.enum(['attention', 'warning', 'good'])).optional(),
  'x-personal': z.boolean().default(false),
}
const numberSchema = {
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  'x-unit': z.string().trim().min(1).max(20).optional(),
}
const PropertySchema = z.discriminatedUnion('type', [
  z.strictObject({ ...common, ...ownWords, ...stringSchema }),
  z.strictObject({ ...common, ...numberSchema, type: z.literal('number') }),
  z.strictObject({ ...common, ...numberSchema, type: z.literal('integer') }),
  z.strictObject({ ...common, type: z.literal('boolean') }),
  z.strictObject({
    ...common,
    type: z.literal('array'),
    items: z.strictObject(stringSchema),
    maxItems: z.int().min(1).optional(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('object'),
    additionalProperties: z.strictObject({ type: z.literal('string') }),
  }),
])
type PropertySchema = z.output<typeof PropertySchema>

/** The schema of a blueprint's entities: an object whose properties are declared one by one. */
export const BlueprintSchema = z.strictObject({
  $schema: z.literal('https://json-schema.org/draft/2020-12/schema').optional(),
  type: z.literal('object').default('object'),
  required: z.array(z.string()).default([]),
  properties: z.record(z.string(), PropertySchema).default({}),
})

/** A property as the rest of Nexus knows it. @param name it stands for the title where the schema has none */
export function propertyOf(name: string, schema: PropertySchema): PropertyDeclaration {
  const { title = titleOf(name), 'x-words': says } = schema
  const named = { title, ...(says?.length && { says }) }
  switch (schema.type) {
    case 'string':
      return {
        ...named,
        ...textOf(schema),
        ...looksOf(schema),
        ...(schema['x-personal'] && { personal: true }),
        ...(isEnvironment(name, schema) && { usually: 'environment' }),
      }
    case 'number':
    case 'integer': {
      const { minimum, maximum, 'x-unit': unit } = schema
      return {
        ...named,
        type: 'number',
        ...(minimum !== undefined && { minimum }),
        ...(maximum !== undefined && { maximum }),
        ...(unit && { unit }),
        ...(schema.type === 'integer' && { integer: true }),
      }
    }
    case 'boolean':
      return { ...named, type: 'boolean' }
    case 'array': {
      const { enum: values, pattern } = schema.items
      const longest = schema.maxItems
      return {
        ...named,
        type: 'list',
        ...(values && { values }),
        ...(pattern && { pattern }),
        ...(longest && { longest }),
      }
    }
    case 'object':
      return { ...named, type: 'map' }
  }
}

/** Where something runs is called the same in every kind, unless its blueprint lists names of its own. */
const isEnvironment = (name: string, { format, enum: values, pattern }: TextSchema): boolean =>
  name === 'environment' && !format && !values && pattern === undefined

type TextSchema = Extract<PropertySchema, { type: 'string' }>

function textOf(schema: TextSchema): Omit<PropertyDeclaration, 'title' | 'says'> {
  const { format, enum: values, pattern, maxLength: longest } = schema
  if (format === 'date-time') return { type: 'instant' }
  const limits = { ...(values && { values }), ...(pattern && { pattern }), ...(longest && { longest }) }
  if (schema['x-ordered']) return { type: 'ordered', ...limits }
  return { type: 'text', ...limits, ...(format === 'uri' && { shown: 'link' }) }
}

const looksOf = ({ 'x-looks': looks }: TextSchema): Pick<PropertyDeclaration, 'looks'> =>
  looks ? { looks: Object.fromEntries(Object.entries(looks).map(([value, look]) => [value.toLowerCase(), look])) } : {}

/** `Last refresh` for `lastRefresh`. */
const titleOf = (name: string): string => {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
