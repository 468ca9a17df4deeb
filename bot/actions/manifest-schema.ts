import { z } from 'zod/v4'
import type { ActionManifest } from '../../skills/kit/action-manifest.js'
import { roles } from '../../skills/kit/model.js'

const sentence = z.string().trim().min(1).max(500)
const expression = z.string().trim().min(1).max(500)
const label = z.string().trim().min(1).max(60)
const name = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'is a name such as scaleSet')
const path = z
  .string()
  .regex(/^(\{|\/subscriptions\/|\/providers\/)\S*$/, 'is a path of Resource Manager, or begins with a {value}')
const apiVersion = z.string().regex(/^\d{4}-\d\d-\d\d(-preview)?$/, 'is an api-version such as 2025-04-01')
const risk = z.enum(['low', 'medium', 'high'])

const Parameter = z.discriminatedUnion('type', [
  z
    .strictObject({ type: z.literal('number'), label, min: z.int(), max: z.int(), unit: label.optional() })
    .refine(({ min, max }) => min <= max, { error: 'max is less than min', path: ['max'] }),
  z.strictObject({ type: z.literal('choice'), label, values: z.array(label).min(2).max(50) }),
  z.strictObject({ type: z.literal('text'), label, max: z.int().min(1).max(4000) }),
])

/**
 * The shape of an action's file. What the texts in it may say is checked by the skill; the published JSON Schema
 * (skills/actions/manifest.schema.json) is generated from this.
 */
export const Manifest = z.strictObject({
  id: z
    .string()
    .regex(
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*\.[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
      'is a noun and a verb such as web-app.restart',
    ),
  summary: sentence,
  category: label,
  says: z.array(sentence).min(10, 'has ten phrases or more: understanding lives on them'),
  role: z.enum(roles),
  risk: z.union([risk, z.object({ otherwise: risk }).catchall(risk)]),
  target: z.strictObject({
    type: z.string().regex(/^[A-Za-z.]+(\/[A-Za-z]+)+$/, 'is a resource type such as Microsoft.Web/sites'),
    called: label,
  }),
  parameters: z.record(name, Parameter).default({}),
  reads: z.record(name, z.strictObject({ path, apiVersion, optional: z.literal(true).optional() })).default({}),
  before: z.record(label, z.strictObject({ value: expression, binds: z.literal(true).optional() })).default({}),
  after: z.record(label, expression).default({}),
  guards: z
    .array(z.strictObject({ holds: expression, yes: sentence, no: sentence, warns: z.literal(true).optional() }))
    .default([]),
  title: sentence,
  consequence: sentence,
  doing: sentence,
  request: z.strictObject({
    method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
    path,
    apiVersion,
    body: z.json().optional(),
  }),
  confirm: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('state'), taken: expression, ended: expression }),
    z.strictObject({ by: z.literal('activity-log'), operation: z.string().regex(/^[\w.]+(\/[\w.]+)+$/) }),
  ]),
  result: z.record(label, expression).default({}),
  undo: z.union([
    z.strictObject({ action: z.string(), args: z.record(name, expression).default({}) }),
    z.strictObject({ impossible: sentence }),
  ]),
  patience: z.int().min(1).max(1440).default(60),
})

/** A file of this shape is an `ActionManifest`; the compiler compares the two. */
export const manifestOf = (shaped: z.output<typeof Manifest>): ActionManifest => shaped as ActionManifest

/** The shape as JSON Schema, for editors: what may be written, with defaults left out. */
export const manifestJsonSchema = (): object => ({
  title: 'An action of Nexus',
  ...z.toJSONSchema(Manifest, { io: 'input' }),
})
