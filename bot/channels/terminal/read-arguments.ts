import { parseArgs } from 'node:util'

/** What the terminal was asked to do. */
export type Wish =
  | { do: 'ask'; text: string; as?: string; in?: string; locale?: string; json: boolean }
  | { do: 'press'; id: string; as?: string; in?: string; locale?: string; json: boolean }
  | { do: 'understand'; as?: string; json: boolean }
  | { do: 'audit verify' | 'audit export' | 'feedback export'; as?: string; json: boolean }
  | { do: 'status' | 'help' | 'dead-letters'; as?: string; json: boolean }
  | { do: 'sync'; source?: string; as?: string; json: boolean }
  | { do: 'storm'; story?: string; speed?: number; fast: boolean; stop: boolean; help: boolean; json: boolean }
  | { do: 'show-letter' | 'revive-letter'; source: string; id: string; as?: string; json: boolean }

/** Thrown for arguments that make no wish; the message says which do. */
export class WrongArguments extends Error {}

export const usage = `nexus "who's on call for auth" --as dana [--in incidents] [--locale de] [--json]   asks what Teams would be asked
nexus press 2 --as dana [--json]                                    presses a button of the last answer, or by its id of any
nexus understand --json < lines                                     says what lines mean, and runs nothing
nexus audit verify [--as ruth] [--json]                             whether the audit log is as it was written (Admins)
nexus audit export --as ruth > FILE                                 the audit log as JSON lines (Admins)
nexus feedback export --as ruth > FILE                              thumbs on answers as cases of test/language (Platform Engineers)
nexus dead-letters [show|revive SOURCE ID] --as ruth [--json]       webhooks that could not be read, for administrators
nexus storm [NAME] [--speed 2] [--fast] [--stop]                     plays an outage on the local tenant, to be watched on its page
nexus sync [azure] [--as dana] [--json]                             has all sources read now, or one, and says what came of it
nexus status · nexus help [--as dana] [--json]`

export const stormUsage = `nexus storm [NAME] [--speed 2] [--fast] [--json]   plays an outage of the local organisation, and follows it
nexus storm --stop                                 ends the one that is playing

NAME      a story: a YAML file in the folder storms of the organisation; its first one unless told
--speed   how many times as fast as written, 0.1 to 100
--fast    business time jumps from one thing to the next instead of passing
It needs a running local tenant: npm start. The story goes on when this command is ended. Exit status 0 where all of it was played
and the hub took every webhook.`

const verbs = ['understand', 'status', 'help', 'dead-letters'] as const

/** Reads the command line; words that are no verb are a question. */
export function readArguments(argv: readonly string[]): Wish {
  const { values, positionals } = read(argv)
  const json = values.json === true
  const who = {
    ...(values.as && { as: values.as }),
    ...(values.in && { in: values.in }),
    ...(values.locale && { locale: values.locale }),
    json,
  }
  const [first, ...rest] = positionals
  if (first === 'storm' && rest.length < 2) return stormOf(values, rest[0])
  if (values.help) return { do: 'help', ...(values.as && { as: values.as }), json }
  if (first === undefined) return { do: 'help', json }
  const verb = verbs.find((one) => one === first)
  if (verb && rest.length === 0) return { do: verb, ...(values.as && { as: values.as }), json }
  if (first === 'sync' && rest.length < 2)
    return { do: 'sync', ...(rest[0] !== undefined && { source: rest[0] }), ...(values.as && { as: values.as }), json }
  const ofAudit = rest[0] === 'verify' || rest[0] === 'export' ? rest[0] : undefined
  if (first === 'audit' && ofAudit && rest.length === 1)
    return { do: `audit ${ofAudit}`, ...(values.as && { as: values.as }), json }
  if (first === 'feedback' && rest[0] === 'export' && rest.length === 1)
    return { do: 'feedback export', ...(values.as && { as: values.as }), json }
  if (first === 'press' && rest.length === 1) return { do: 'press', id: rest[0]!, ...who }
  const [verbOfLetter, source, id] = rest
  if (first === 'dead-letters' && rest.length === 3 && (verbOfLetter === 'show' || verbOfLetter === 'revive'))
    return { do: `${verbOfLetter}-letter`, source: source!, id: id!, ...(values.as && { as: values.as }), json }
  return { do: 'ask', text: positionals.join(' '), ...who }
}

/** What is said of a storm. */
function stormOf(values: ReturnType<typeof read>['values'], story: string | undefined): Wish {
  const speed = values.speed === undefined ? undefined : Number(values.speed)
  if (speed !== undefined && !(speed >= 0.1 && speed <= 100))
    throw new WrongArguments(`--speed is a number from 0.1 to 100, not "${values.speed}".\n\n${stormUsage}`)
  return {
    do: 'storm',
    ...(story && { story }),
    ...(speed !== undefined && { speed }),
    fast: values.fast === true,
    stop: values.stop === true,
    help: values.help === true,
    json: values.json === true,
  }
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        as: { type: 'string' },
        in: { type: 'string' },
        locale: { type: 'string' },
        json: { type: 'boolean' },
        speed: { type: 'string' },
        fast: { type: 'boolean' },
        stop: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new WrongArguments(`${error instanceof Error ? error.message : 'Wrong arguments'}\n\n${usage}`)
  }
}
