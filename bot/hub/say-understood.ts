import type { Catalog, Commands } from '../../skills/kit/ports.js'
import type { Understanding } from '../language/understanding.js'
import { askWhether, askWhich } from './ask-back.js'
import type { Outcome } from './outcome.js'
import { sayNothingMore, sayOffered } from './conversation/say-follow-up.js'
import { sayDeclined, sayNothingUnderstood, saySuggestions, sayUnknownName } from './replies.js'

/** Words that name no command with all that it needs. */
type NotAnIntent = Exclude<Understanding, { outcome: 'intent' | 'incomplete' }>

/** For whom it is said: what they may see and use. */
interface SaidFor {
  catalog: Catalog
  commands: Commands
  /** @throws Fault NotAllowed where they may not use a command: nothing is told of its names and choices then */
  demandUse(command: string): void
}

/** What is said to words that are no intent: which is meant, what is near, or what there is. */
export async function sayUnderstood(
  understanding: NotAnIntent,
  { catalog, commands, demandUse }: SaidFor,
): Promise<Outcome> {
  switch (understanding.outcome) {
    case 'choose':
      demandUse(understanding.intent.command)
      return askWhich(understanding, catalog)
    case 'confirm':
      demandUse(understanding.intent.command)
      return askWhether(understanding, commands.offers)
    case 'unknown-name':
      demandUse(understanding.command)
      return sayUnknownName(understanding, await commands.visible())
    case 'suggest': {
      const offered = understanding.suggestions.filter(({ intent }) => commands.offers(intent.command))
      if (understanding.offered && offered.length) return sayOffered(offered)
      return understanding.declined ? sayDeclined(offered) : saySuggestions(offered, await commands.visible())
    }
    case 'none':
      if (understanding.understood) return sayNothingMore(understanding.reason)
      return sayNothingUnderstood(understanding.reason, await commands.visible(), understanding.tongue)
  }
}
