import { z } from 'zod/v4'
import type { Json } from '../../skills/kit/model.js'

/** Why no command is meant. */
export const nonRequests = [
  'negation',
  'conditional',
  'question-about-action',
  'past',
  'wish',
  'quotation',
  'several',
  'out-of-scope',
  'empty',
] as const
export type NonRequest = (typeof nonRequests)[number]

const Case = z.strictObject({
  /** What is said. */
  text: z.string(),
  /** The command that is meant; null where none is. */
  command: z.string().nullable(),
  /** Arguments that the text says: entities as `{kind, id}` or the id alone, moments as ISO instants, ranges as `{from, to}`. */
  args: z.record(z.string(), z.json()).optional(),
  /** Who writes like that, such as "hurried". */
  voice: z.string(),
  /** Those to tune on, and those that are only counted. */
  set: z.enum(['tune', 'weigh', 'held-out']),
  /** Of a null command, what it is instead. */
  kind: z.enum(nonRequests).optional(),
  /** Mail address of who says it; Dana Ortiz unless told. */
  speaker: z.string().optional(),
  /** IANA zone of who says it; Europe/Berlin unless told. */
  zone: z.string().optional(),
  /** With a command: asking back or suggesting is right too. Without one: a reading command may answer. */
  ambiguous: z.boolean().optional(),
  note: z.string().optional(),
})

/** One utterance and what it means, a line of `test/language/*.jsonl`. */
export type EvalCase = Omit<z.infer<typeof Case>, 'args'> & { args?: Record<string, Json> }

/**
 * Reads cases, one JSON object a line; empty lines are passed over.
 * @param file its name, for what is said of a mistake
 * @throws Error naming file and line of the first that is no case
 */
export function readCases(text: string, file: string): EvalCase[] {
  return text.split('\n').flatMap((line, index): EvalCase[] => {
    if (!line.trim()) return []
    const read = Case.safeParse(parsed(line))
    if (!read.success)
      throw new Error(`${file}:${index + 1} is no case: ${z.prettifyError(read.error).replaceAll('\n', ' ')}`)
    if (read.data.command === null && !read.data.kind)
      throw new Error(`${file}:${index + 1}: a case without a command says its kind, one of ${nonRequests.join(', ')}.`)
    return [read.data as EvalCase]
  })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** A thumb under an answer, as far as a case is made of it. */
export interface JudgedAnswer {
  /** The words that were answered. */
  text: string
  thumb: 'up' | 'down'
  /** What Nexus took them for; absent where it understood nothing. */
  understood?: { command: string; args: Record<string, Json> }
  /** What they meant, where somebody has said so since; null where they asked for nothing. */
  meant?: { command: string; args: Record<string, Json> } | null
  /** Of a null meaning, what the words are instead. */
  kind?: NonRequest
  speaker?: string
  zone?: string
}

/**
 * A case made of a judged answer: of a thumb up what was understood is what is meant, of a thumb down what somebody said it should have been.
 * @returns undefined where nobody has said yet what was meant. It is of the set to tune on: whoever mends it has looked at it
 */
export function caseOf({ text, thumb, understood, meant, kind, speaker, zone }: JudgedAnswer): EvalCase | undefined {
  const meaning = meant === undefined && thumb === 'up' ? understood : meant
  if (meaning === undefined) return undefined
  return {
    text,
    command: meaning?.command ?? null,
    ...(meaning && { args: meaning.args }),
    ...(!meaning && { kind: kind ?? 'out-of-scope' }),
    voice: 'feedback',
    set: 'tune',
    ...(speaker !== undefined && { speaker }),
    ...(zone !== undefined && { zone }),
  }
}
