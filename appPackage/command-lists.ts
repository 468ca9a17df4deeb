import type { CommandInfo } from '../skills/kit/ports.js'

/**
 * Bounds of a command list. Newer schemas allow 12 commands, 128 and 4000 characters; Teams shows less, and documents
 * 10, 32 and 128 for the older ones, so a list within these reads well everywhere.
 * @see https://learn.microsoft.com/microsoftteams/platform/resources/schema/manifest-schema
 */
export const commandLimits = { commands: 10, title: 32, description: 128 }

/** Where a bot can be talked to, in the manifest's words. */
export type Scope = 'personal' | 'team' | 'groupChat'

/** One command as the compose box offers it: picking it puts the title into the box, and the person types on. */
export interface OfferedCommand {
  title: string
  description: string
}

/** The commands offered after one kind of trigger in some scopes. */
export interface CommandList {
  scopes: Scope[]
  /** Absent means after a mention, as before schema 1.29. */
  triggers?: ('mention' | 'slash')[]
  commands: OfferedCommand[]
}

/** Says at once everything about the declarations that Teams would refuse. */
export class CommandListError extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(`Teams would refuse the command list:\n  ${mistakes.join('\n  ')}`)
  }
}

/**
 * The command lists of the featured commands. After a mention and in a personal chat they are offered as people say
 * them ("who owns"); behind a slash, which exists in shared conversations only, by their names ("catalog owner").
 * @param slash whether the slash list is wanted; sovereign clouds have none
 * @throws CommandListError naming every declaration that breaks a limit
 */
export function commandLists(commands: readonly CommandInfo[], slash: boolean): CommandList[] {
  const featured = commands.filter((command) => command.featured)
  const spoken = featured.map(asPhrase)
  const named = slash ? featured.map(asName) : []
  const mistakes = [
    ...countMistakes(featured),
    ...new Set([spoken, named].flatMap((offered) => titleMistakes(featured, offered))),
  ]
  if (mistakes.length) throw new CommandListError(mistakes)
  if (!slash) return [{ scopes: ['personal', 'team', 'groupChat'], commands: spoken }]
  return [
    { scopes: ['personal', 'team', 'groupChat'], triggers: ['mention'], commands: spoken },
    { scopes: ['team', 'groupChat'], triggers: ['slash'], commands: named },
  ]
}

/** "who's on call for", the first phrase up to where the person goes on. */
function asPhrase(command: CommandInfo): OfferedCommand {
  const opening = command.example.split('{')[0]!.trim()
  return { title: opening || nameOf(command), description: command.summary }
}

/** "on-call", and in the description what is to follow, where there is room for it. Teams adds the slash itself. */
function asName(command: CommandInfo): OfferedCommand {
  const needed = Object.values(command.args).filter(({ optional }) => !optional)
  const usage = [nameOf(command), ...needed.map(({ label }) => `‹${label}›`)].join(' ')
  const described = `${command.summary} · ${usage}`
  const room = needed.length > 0 && described.length <= commandLimits.description
  return { title: nameOf(command), description: room ? described : command.summary }
}

const nameOf = ({ slash }: CommandInfo): string => slash.replace(/^\//, '')

const countMistakes = (featured: readonly CommandInfo[]): string[] =>
  featured.length > commandLimits.commands
    ? [
        `${featured.length} commands are featured, a scope takes ${commandLimits.commands}: ${featured.map(({ id }) => id).join(', ')}`,
      ]
    : []

function titleMistakes(featured: readonly CommandInfo[], offered: readonly OfferedCommand[]): string[] {
  const taken = new Map<string, string>()
  return offered.flatMap(({ title, description }, index) => {
    const { id } = featured[index]!
    const other = taken.get(title.toLowerCase())
    taken.set(title.toLowerCase(), id)
    return [
      ...tooLong(id, 'title', title, commandLimits.title),
      ...tooLong(id, 'description', description, commandLimits.description),
      ...(other
        ? [`${other} and ${id} would both be offered as “${title}”; begin the first phrase of one otherwise`]
        : []),
    ]
  })
}

const tooLong = (id: string, what: string, text: string, limit: number): string[] =>
  text.length > limit ? [`${id}: its ${what} may have ${limit} characters, not ${text.length}: “${text}”`] : []
