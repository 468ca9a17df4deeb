import type { Arg, Args } from './arguments.js'

/** A phrase as people read it, its arguments by what they stand for: `who's on call for ‹service or team›`. */
export const readablePhrase = (phrase: string, args: Args): string =>
  phrase.replace(/\{(\w+)\}/g, (_, name: string) => `‹${args[name] ? placeOf(args[name]) : name}›`)

/** An entity of few kinds is named by them, everything else by its label, without the words that ask for it: `of what`, `which words`. */
const placeOf = (arg: Arg): string =>
  arg.type === 'entity' && arg.kinds.length <= 3
    ? arg.kinds.join(' or ').toLowerCase()
    : arg.label.replace(/^(?:(?:of|to|in|from|on|by|with|for) )?(?:which )?(?=\S)/, '')
