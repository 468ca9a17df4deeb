import type { CommandInfo } from '../skills/kit/ports.js'

/** Bounds of a message extension's texts (Microsoft, app manifest schema): a title, a description, a parameter's name and its title. */
export const extensionLimits = { commands: 10, title: 32, description: 128, name: 64, parameters: 5 }

/** A search in the box in which people write. */
export interface SearchCommand {
  id: string
  type: 'query'
  title: string
  description: string
  /** What people most likely want is there before they type a word. */
  initialRun: true
  /** Not the box at the top of the window, of which nobody can say who reads it. */
  context: ['compose']
  parameters: { name: string; title: string; inputType: 'text' }[]
}

/** A message extension: what people search for while they write, and whose links become cards. */
export interface ComposeExtension {
  botId: string
  commands: SearchCommand[]
  messageHandlers?: { type: 'link'; value: { domains: string[]; supportsAnonymizedPayloads: false } }[]
}

/**
 * The message extension of the commands that are picked from; none where there is none, because Teams takes none without a command.
 * @param domains hosts whose links Nexus knows
 */
export function composeExtension(
  commands: readonly CommandInfo[],
  botId: string,
  domains: readonly string[],
): ComposeExtension[] {
  const searches = commands.filter(({ picks }) => picks !== undefined).map(searchOf)
  if (!searches.length) return []
  const value = { domains: [...domains], supportsAnonymizedPayloads: false as const }
  return [{ botId, commands: searches, ...(domains.length && { messageHandlers: [{ type: 'link', value }] }) }]
}

function searchOf({ id, summary, args, picks = '' }: CommandInfo): SearchCommand {
  const label = args[picks]?.label ?? picks
  return {
    id,
    type: 'query',
    title: cut(summary, extensionLimits.title),
    description: cut(summary, extensionLimits.description),
    initialRun: true,
    context: ['compose'],
    parameters: [
      {
        name: picks,
        title: cut(label.charAt(0).toUpperCase() + label.slice(1), extensionLimits.title),
        inputType: 'text',
      },
    ],
  }
}

const cut = (text: string, limit: number): string => (text.length <= limit ? text : `${text.slice(0, limit - 1)}…`)
