import type { Args } from '../../skills/kit/arguments.js'
import { takesKind } from '../../skills/kit/model.js'
import type { NameIndex } from './name-index.js'
import { allKinds, asItIs, type SpottedName } from './spot-names.js'
import type { Token } from './tokens.js'

/** Whether a word is a version of what is built: "9.6.0", "v2.14". */
export const isVersion = (word: string): boolean => /^v?\d+(?:\.\d+)+$/.test(word)

/** Names without the version that is said behind them, where no argument takes the two as one: "orders 9.6.0" is a service, and one of its deployments. */
export const versionsApart = (
  args: Args,
  spotted: readonly SpottedName[],
  tokens: readonly Token[],
  names: NameIndex,
): SpottedName[] =>
  spotted.flatMap((name) => {
    const { from, to, candidates } = name
    const isTaken = candidates.some(({ ref }) =>
      Object.values(args).some((arg) => arg.type === 'entity' && takesKind(arg.kinds, ref.kind)),
    )
    const at = tokens.findIndex(({ word }, index) => index > from && index < to && isVersion(word))
    if (isTaken || at < 0) return [name]
    const said = tokens.slice(from, at).map(({ word }) => word)
    const what = names
      .find(said.join(' '), allKinds)
      .filter(({ certainty, wordForWord }) => certainty >= asItIs && wordForWord)
    return what.length ? [{ from, to: at, candidates: what }] : [name]
  })
