import type { CardBody, CardSection } from '../../cards/model.js'
import { answer, count } from '../kit/answer.js'
import type { Arg } from '../kit/arguments.js'
import { notFound } from '../kit/errors.js'
import type { CommandInfo, Turn } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'

/** Lists the commands this person may use, by skill, each with a phrase and its slash form; with a topic, one skill at length. */
export async function sayHelp(topic: string | undefined, turn: Turn<'commands'>): Promise<Reply> {
  const visible = await turn.commands.visible()
  const chosen = topic ? matching(visible, topic) : visible
  if (!chosen.length)
    throw notFound(
      `There is no help on "${topic}".`,
      `Topics are ${[...new Set(visible.map(({ skill }) => skill))].join(', ')}.`,
    )
  const where =
    turn.place.kind === 'personal'
      ? 'Write to me here as you would to a colleague.'
      : turn.place.kind === 'terminal'
        ? 'Ask in quotes, or use a slash command.'
        : 'Mention me, or use a slash command.'
  const card: CardBody = {
    state: 'accent',
    icon: '?',
    title: topic ? `Help · ${topic}` : 'What I can do',
    status: count(chosen.length, 'command'),
    sentence: where,
    sections: topic ? chosen.map(atLength) : bySkill(chosen),
  }
  const simple = chosen
    .filter(({ args, id }) => id !== 'help.show' && Object.values(args).every((arg) => arg.optional))
    .slice(0, 3)
  return answer(card, {
    headline: `${card.title}: ${count(chosen.length, 'command')}`,
    buttons: simple.map(({ id, summary }) => ({ title: summary, intent: { command: id, args: {} } })),
  })
}

const matching = (commands: readonly CommandInfo[], topic: string): CommandInfo[] => {
  const wanted = topic.toLowerCase().replace(/^\//, '')
  return commands.filter(({ id, skill, slash }) =>
    [skill, skill.replace('-', ' '), id, slash.slice(1)].includes(wanted),
  )
}

function bySkill(commands: readonly CommandInfo[]): CardSection[] {
  const skills = [...new Set(commands.map(({ skill }) => skill))]
  return skills.map((skill) => {
    const own = commands.filter((command) => command.skill === skill)
    return {
      title: own[0]!.skillSummary,
      open: true,
      rows: own.map(({ example, slash, args }) => ({ text: `“${readable(example, args)}”`, note: slash })),
    }
  })
}

const atLength = ({ summary, says, slash, args }: CommandInfo): CardSection => ({
  title: `${summary} · ${slash}`,
  open: true,
  rows: [
    ...says.slice(0, 5).map((phrase) => ({ text: `“${readable(phrase, args)}”` })),
    ...Object.entries(args).map(([name, arg]) => ({ text: name, note: describe(arg) })),
  ],
})

const readable = (phrase: string, args: Record<string, Arg>): string =>
  phrase.replace(/\{(\w+)\}/g, (_, name: string) => `‹${args[name]?.label ?? name}›`)

function describe(arg: Arg): string {
  const kind =
    arg.type === 'entity' ? arg.kinds.slice(0, 3).join(', ') : arg.type === 'choice' ? arg.values.join(', ') : arg.type
  return `${arg.label} (${kind}${arg.optional ? ', optional' : ''})`
}
