import type { Args } from '../../skills/kit/arguments.js'
import type { Slots } from './slots.js'
import { nounsOf } from './resource-type.js'
import { itself, pointsAtIt } from './spoken-of.js'
import type { Token } from './tokens.js'

/** What an environment is called where its name says which; a phrase without a place for one is about making one. */
export const environments: ReadonlySet<string> = new Set(['environment', 'environments', 'env', 'envs'])
/** Words that only join what is said. */
export const joins: ReadonlySet<string> = new Set([
  ...'in on of for to from by with w at as into onto its our my own one whole entire me us'.split(' '),
  ...environments,
])
const pronouns = new Set(['it', 'that', 'this', 'them', 'these', 'those'])
/** What things are called in general, by kind. */
const generals: Readonly<Record<string, readonly string[]>> = {
  Environment: [...environments, 'sandbox'],
  Proposal: ['run', 'change', 'proposal', 'request', 'approval', 'one'],
  Incident: ['incident', 'one', 'outage', 'alert', 'page'],
  Service: ['service', 'app', 'api', 'thing', 'one'],
  Resource: ['resource', 'thing', 'one', 'box', 'machine', 'vm', 'server', 'account', 'app', 'set'],
  Pipeline: ['pipeline', 'build', 'job', 'workflow', 'one'],
}
/** Words that say which of them; none of these is a name. */
const telling = new Set(
  'my our that this test demo repro ephemeral temporary temp preview sandbox scratch own personal dev old new current running last first second whole jump build agents'.split(
    ' ',
  ),
)

/**
 * Words that stand for a thing without naming it, where a thing is still to be said: "it", "my test env", "that run". Which is meant is asked, or taken from
 * what is spoken of.
 */
export function pointedAt(
  args: Args,
  slots: Slots,
  open: readonly Token[],
): { argument: string; tokens: readonly Token[]; slot?: Slots[string] } | undefined {
  const left = Object.entries(args).filter(([name, arg]) => arg.type === 'entity' && !(name in slots))
  const [argument, arg] = left.find(([, { optional }]) => !optional) ?? left[0] ?? []
  if (argument === undefined || arg?.type !== 'entity') return undefined
  const nouns = new Set([...arg.kinds.flatMap((kind) => generals[kind] ?? []), ...nounsOf(arg)])
  for (const [at, token] of open.entries()) {
    if (nouns.has(token.word)) {
      let from = at
      while (from > 0 && telling.has(open[from - 1]!.word) && isNext(open[from - 1]!, open[from]!)) from--
      // A noun alone belongs to the phrase: "restart web app".
      if (from === at) continue
      return {
        argument,
        tokens: open.slice(from, at + 1),
        ...(pointsAtIt('this', arg) && isThis(open.slice(from, at + 1)) && { slot: asSlot(token) }),
      }
    }
    if (pronouns.has(token.word))
      return { argument, tokens: [token], ...(pointsAtIt('this', arg) && { slot: asSlot(token) }) }
  }
  return undefined
}

const isNext = (before: Token, behind: Token): boolean => behind.start - before.end <= 6
const isThis = (tokens: readonly Token[]): boolean => tokens.length === 2 && pronouns.has(tokens[0]!.word)
const asSlot = ({ start, end }: Token): Slots[string] => ({ words: itself, start, end })
