import { filterExample } from '../../skills/kit/argument-faults.js'
import { ownZone, type Arg } from '../../skills/kit/arguments.js'
import { longestFilter } from '../../skills/kit/catalog/parse-filter.js'
import { ownKinds, type Json } from '../../skills/kit/model.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import type { Intent } from '../../skills/kit/reply.js'
import { weekdays } from '../../skills/kit/zoned-time.js'

/** A command as a model's tool, in the function-calling shape that OpenAI's API takes. */
export interface ModelTool {
  type: 'function'
  function: { name: string; description: string; parameters: Json }
}

/** Tool names may hold letters, digits, `_` and `-`, 64 at most (OpenAI's API reference), so the dot is written `__`. */
const toolName = (command: string): string => command.replaceAll('.', '__')

/** The tool of a command; entities are given by name and id as the catalog's tools answered them. */
export function modelTool({ id, summary, args }: CommandInfo): ModelTool {
  const required = Object.keys(args).filter((name) => !args[name]!.optional)
  const properties = Object.fromEntries(Object.entries(args).map(([name, arg]) => [name, schemaOf(arg)]))
  return {
    type: 'function',
    function: {
      name: toolName(id),
      description: summary,
      parameters: { type: 'object', properties, required, additionalProperties: false },
    },
  }
}

/** The intent of a model's tool call. It is tainted: a model may have read text of outside, so it only ever proposes. */
export const intentOfToolCall = (name: string, args: Record<string, Json>): Intent => ({
  command: name.replaceAll('__', '.'),
  args,
  tainted: true,
})

function schemaOf(arg: Arg): Json {
  const description = arg.label
  switch (arg.type) {
    case 'entity':
      return {
        type: 'object',
        description,
        properties: {
          kind: arg.kinds.includes(ownKinds) ? { type: 'string' } : { enum: [...arg.kinds] },
          id: { type: 'string' },
        },
        required: ['kind', 'id'],
        additionalProperties: false,
      }
    case 'text':
      return { type: 'string', description, maxLength: arg.max }
    case 'filter':
      return {
        type: 'string',
        description: `${description}: a filter, such as ${filterExample}`,
        maxLength: longestFilter,
      }
    case 'number':
      return { type: arg.integer ? 'integer' : 'number', description, minimum: arg.min, maximum: arg.max }
    case 'duration':
      return { type: 'integer', description: `${description}, in minutes`, minimum: arg.min, maximum: arg.max }
    case 'choice':
      return { type: 'string', description, enum: [...arg.values] }
    case 'time':
      return { type: 'string', format: 'date-time', description }
    case 'range':
      return {
        type: 'object',
        description,
        properties: { from: { type: 'string', format: 'date-time' }, to: { type: 'string', format: 'date-time' } },
        required: ['from', 'to'],
        additionalProperties: false,
      }
    case 'time-of-day':
      return { type: 'string', description, pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' }
    case 'weekdays':
      return { type: 'array', description, items: { enum: [...weekdays] }, minItems: 1 }
    case 'zone':
      return { type: 'string', description: `${description}: an IANA name, or ${ownZone} for the person's own` }
  }
}
