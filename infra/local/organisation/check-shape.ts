import type { z } from 'zod/v4'
import { didYouMean, nearestName } from './nearest-name.js'
import type { Problem } from './problem.js'
import type { Path, SourceFile } from './source-file.js'

/**
 * Checks a file's value against its schema.
 * @returns the value with defaults filled in, or the mistakes.
 */
export function checkShape<S extends z.ZodType>(
  source: SourceFile,
  schema: S,
): { value: z.output<S> } | { problems: Problem[] } {
  const result = schema.safeParse(source.value(), { reportInput: true })
  if (result.success) return { value: result.data }
  const { issues } = result.error
  const misspelt = new Set(issues.flatMap((issue) => intended(schema, issue)))
  const others = issues.filter((issue) => !misspelt.has(JSON.stringify(issue.path)))
  return { problems: others.flatMap((issue) => explain(source, schema, issue)) }
}

/** The properties that unknown keys probably meant, as JSON paths: to say that these are missing would be saying it twice. */
const intended = (schema: z.ZodType, issue: z.core.$ZodIssue): string[] =>
  issue.code !== 'unrecognized_keys'
    ? []
    : issue.keys.map((key) => JSON.stringify([...issue.path, nearestName(key, keysAt(schema, issue.path as Path))]))

function explain(source: SourceFile, schema: z.ZodType, issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path as Path
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path)
    return issue.keys.map((key) =>
      source.problemAtKey(path, key, `${inWords(path)}has no property "${key}"${didYouMean(key, known)}`),
    )
  }
  const name = nameOf(path)
  if (issue.input === undefined && path.length > 0)
    return [source.problem(path, `${name} is missing: ${wanted(issue)}.`)]
  return [source.problem(path, `${name} is ${shown(issue.input)}: ${wanted(issue)}.`)]
}

const nouns: Record<string, string> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'properties (`name: value`)',
  record: 'properties (`name: value`)',
}

/** What should be there instead. */
function wanted(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `give ${nouns[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `give one of ${issue.values.map((value) => `"${String(value)}"`).join(', ')}`
    case 'too_small':
      return issue.origin === 'array'
        ? 'give one at least'
        : `give ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`
    case 'too_big':
      return `give at most ${issue.maximum}`
    case 'invalid_format':
      if (issue.format !== 'regex') return `give a ${issue.format.toUpperCase()}`
      return issue.message.startsWith('Invalid') ? `give it in the form ${issue.pattern}` : `give ${issue.message}`
    default:
      return issue.message
  }
}

const shown = (value: unknown): string => {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return 'a set of properties'
  if (value === undefined) return 'empty'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** The property's own name for people: `zone`, `pulls[2].reviewers`, or `the file`. */
const nameOf = (path: Path): string => {
  const inner = typeof path[0] === 'number' ? path.slice(1) : path
  if (inner.length === 0) return path.length === 0 ? 'The file' : 'The entry'
  return inner.map((step, at) => (typeof step === 'number' ? `[${step + 1}]` : at === 0 ? step : `.${step}`)).join('')
}

const inWords = (path: Path): string => {
  const name = nameOf(path)
  return name.startsWith('The ') ? `${name} ` : `"${name}" `
}

/** The names that the schema knows at a place. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  let at: unknown = schema
  for (const step of path) at = stepInto(unwrap(at), step)
  const { def } = unwrap(at) ?? {}
  return def?.type === 'object' ? Object.keys(def.shape as object) : []
}

type Definition = { type: string; innerType?: unknown; element?: unknown; valueType?: unknown; shape?: unknown }
const definitionOf = (schema: unknown): Definition | undefined => (schema as { def?: Definition } | undefined)?.def

function unwrap(schema: unknown): { def: Definition } | undefined {
  let def = definitionOf(schema)
  while (def && (def.type === 'optional' || def.type === 'default' || def.type === 'nullable'))
    def = definitionOf(def.innerType)
  return def && { def }
}

function stepInto(schema: { def: Definition } | undefined, step: string | number): unknown {
  if (schema?.def.type === 'array') return schema.def.element
  if (schema?.def.type === 'record') return schema.def.valueType
  return (schema?.def.shape as Record<string, unknown> | undefined)?.[step]
}
