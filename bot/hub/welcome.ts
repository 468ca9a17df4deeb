import { readablePhrase } from '../../skills/kit/readable-phrase.js'
import type { Place } from '../../skills/kit/model.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import type { Button, Reply, Section } from '../../skills/kit/reply.js'

/** Most skills that are shown: a welcome that has to be scrolled is not read. */
const mostRows = 5

const ways: Record<Place['kind'], string> = {
  personal: 'Write to me here as you would to a colleague.',
  channel: 'Mention me with a question, or use a slash command; everybody here sees the answer.',
  group: 'Mention me with a question, or use a slash command; everybody here sees the answer.',
  terminal: 'Ask in quotes, or use a slash command.',
}

/**
 * What Nexus says when it comes to a place: how to ask there, and one question of each skill to begin with.
 * @param commands the registry's; the first featured one of each skill is shown
 */
export function welcome(commands: readonly CommandInfo[], place: Place['kind']): Reply {
  const featured = commands.filter((command) => command.featured && command.skill !== 'help')
  const firsts = featured.filter(({ skill }, index) => featured.findIndex((other) => other.skill === skill) === index)
  const shown = firsts.slice(0, mostRows)
  const rows = shown.map((command) => ({
    title: `“${exampleOf(command)}”`,
    detail: command.summary,
    end: command.slash,
    select: { title: exampleOf(command), intent: { command: command.id, args: {} } },
  }))
  return {
    text: shown[0] ? `Nexus is here. Ask, for example: “${exampleOf(shown[0])}”` : 'Nexus is here.',
    card: {
      state: 'accent',
      topic: 'Nexus',
      title: 'Nexus is here',
      sentence: ways[place],
      sections: [
        ...(rows.length ? [{ kind: 'rows' as const, title: 'Ask first', rows }] : []),
        ...digestWords(commands, place),
      ],
    },
    buttons: helpButton(commands),
  }
}

/** Whoever gets something every morning is told so before the first, and how to have it otherwise. */
const digestWords = (commands: readonly CommandInfo[], place: Place['kind']): Section[] =>
  place === 'personal' && commands.some(({ id }) => id === 'digest.set')
    ? [
        {
          kind: 'text',
          text: 'On weekdays at 08:30 I send you what needs you. “send my digest at 9:00” moves it, “stop my digest” ends it.',
        },
      ]
    : []

/** Help leads to the rest. */
const helpButton = (commands: readonly CommandInfo[]): Button[] =>
  commands
    .filter(({ id }) => id === 'help.show')
    .map(({ id }) => ({ title: 'Show all I can do', intent: { command: id, args: {} } }))

const exampleOf = ({ example, args }: CommandInfo): string => readablePhrase(example, args)
