import type { CommandInfo } from '../../skills/kit/ports.js'
import type { Token } from './tokens.js'

/** A slash command taken apart: the command, and what stands behind it. */
export interface Slash {
  command: CommandInfo
  /** Words behind the command, in order. */
  words: string[]
  /** Arguments given by name: `depth=2`. */
  named: Record<string, string>
}

/**
 * Reads `/on-call auth`, `/catalog owner st123` or `/catalog.depends payments-db direction=up`. Only known commands are slash commands:
 * "/etc/hosts" is a path.
 */
export function readSlash(text: string, commands: readonly CommandInfo[]): Slash | undefined {
  const said = /^\s*\/([a-z][a-z0-9-]*)(?:[.\s]+|$)([^]*)$/i.exec(text)
  if (!said) return undefined
  const [, skill, rest = ''] = said
  const words = rest.trim().split(/\s+/).filter(Boolean)
  const of = (name: string | undefined) =>
    commands.find(({ id }) => id === `${skill!.toLowerCase()}.${name?.toLowerCase()}`)
  const named = of(words[0])
  const command = named ?? of('show') ?? commands.find(({ id }) => id === skill!.toLowerCase())
  return command && { command, ...splitNamed(named ? words.slice(1) : words, command) }
}

function splitNamed(words: readonly string[], { args }: CommandInfo): Pick<Slash, 'words' | 'named'> {
  const named: Record<string, string> = {}
  const plain = words.filter((word) => {
    const [, name, value] = /^(?:--)?(\w+)=(.+)$/.exec(word) ?? []
    if (!name || !Object.hasOwn(args, name)) return true
    named[name] = value!
    return false
  })
  return { words: plain, named }
}

/** The words of a span, as they were typed. */
export const wordsOf = (tokens: readonly Token[], text: string): string =>
  text.slice(tokens[0]!.start, tokens.at(-1)!.end)
