import { parseArgs } from 'node:util'

/** What the terminal was asked to do. */
export type Wish =
  | { do: 'ask'; text: string; as?: string; in?: string; json: boolean }
  | { do: 'press'; id: string; as?: string; in?: string; json: boolean }
  | { do: 'understand'; as?: string; json: boolean }
  | { do: 'audit verify' | 'audit export'; as?: string; json: boolean }
  | { do: 'status' | 'sync' | 'help' | 'dead-letters'; as?: string; json: boolean }
  | { do: 'show-letter' | 'revive-letter'; source: string; id: string; as?: string; json: boolean }

/** Thrown for arguments that make no wish; the message says which do. */
export class WrongArguments extends Error {}

export const usage = `nexus "who's on call for auth" --as dana [--in incidents] [--json]   asks what Teams would be asked
nexus press ID --as dana [--json]                                   presses a button of an earlier answer
nexus understand --json < lines                                     says what lines mean, and runs nothing
nexus audit verify [--as ruth] [--json]                             whether the audit log is as it was written (Admins)
nexus audit export --as ruth > FILE                                 the audit log as JSON lines (Admins)
nexus dead-letters [show|revive SOURCE ID] --as alex [--json]       webhooks that could not be read, for administrators
nexus status · nexus sync · nexus help [--as dana] [--json]`

const verbs = ['understand', 'status', 'sync', 'help', 'dead-letters'] as const

/** Reads the command line; words that are no verb are a question. */
export function readArguments(argv: readonly string[]): Wish {
  const { values, positionals } = read(argv)
  const json = values.json === true
  const who = { ...(values.as && { as: values.as }), ...(values.in && { in: values.in }), json }
  const [first, ...rest] = positionals
  if (values.help) return { do: 'help', ...(values.as && { as: values.as }), json }
  if (first === undefined) return { do: 'help', json }
  const verb = verbs.find((one) => one === first)
  if (verb && rest.length === 0) return { do: verb, ...(values.as && { as: values.as }), json }
  const ofAudit = rest[0] === 'verify' || rest[0] === 'export' ? rest[0] : undefined
  if (first === 'audit' && ofAudit && rest.length === 1)
    return { do: `audit ${ofAudit}`, ...(values.as && { as: values.as }), json }
  if (first === 'press' && rest.length === 1) return { do: 'press', id: rest[0]!, ...who }
  const [verbOfLetter, source, id] = rest
  if (first === 'dead-letters' && rest.length === 3 && (verbOfLetter === 'show' || verbOfLetter === 'revive'))
    return { do: `${verbOfLetter}-letter`, source: source!, id: id!, ...(values.as && { as: values.as }), json }
  return { do: 'ask', text: positionals.join(' '), ...who }
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        as: { type: 'string' },
        in: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new WrongArguments(`${error instanceof Error ? error.message : 'Wrong arguments'}\n\n${usage}`)
  }
}
