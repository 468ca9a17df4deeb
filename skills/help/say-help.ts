import { answer, count } from '../kit/answer.js'
import type { Arg } from '../kit/arguments.js'
import { readablePhrase } from '../kit/readable-phrase.js'
import { notFound } from '../kit/errors.js'
import type { CommandInfo, Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply, Section } from '../kit/reply.js'

const openings = {
  personal: 'Write to me here as you would to a colleague.',
  channel: 'Mention me, or use a slash command.',
  group: 'Mention me, or use a slash command.',
  terminal: 'Ask in quotes, or use a slash command.',
}

/** Lists the commands this person may use, by skill, each with a phrase and its slash form; with a topic, one skill at length. */
export async function sayHelp(topic: string | undefined, turn: Turn<'commands'>): Promise<Reply> {
  const visible = await turn.commands.visible()
  const chosen = topic ? matching(visible, topic) : visible
  if (!chosen.length) throw notFound(`There is no help on “${topic}”.`, `Topics are ${skillsOf(visible).join(', ')}.`)
  const card: CardBody = {
    state: 'accent',
    topic: 'Help',
    title: topic ?? 'What I can do',
    status: count(chosen.length, 'command'),
    sentence: openings[turn.place.kind],
    sections:
      topic && chosen.length <= mostAtLength
        ? chosen.map(atLength)
        : skillsOf(chosen).map((skill) => brief(chosen.filter((command) => command.skill === skill))),
  }
  return answer(card, { headline: `${card.title}: ${count(chosen.length, 'command')}` })
}

const skillsOf = (commands: readonly CommandInfo[]): string[] => [...new Set(commands.map(({ skill }) => skill))]

function matching(commands: readonly CommandInfo[], topic: string): CommandInfo[] {
  const wanted = topic.toLowerCase().replace(/^\//, '')
  return commands.filter(({ id, skill, slash }) =>
    [skill, skill.replace('-', ' '), id, slash.slice(1)].includes(wanted),
  )
}

const brief = (own: readonly CommandInfo[]): Section => ({
  kind: 'rows',
  title: own[0]!.skillSummary,
  rows: own.map((command) => ({
    title: `“${readablePhrase(command.example, command.args)}”`,
    end: command.slash,
    select: tryIt(command),
  })),
})

/** Commands that are told at length beside each other; of more a line each, and one at length by its own name, as "help catalog.find". */
const mostAtLength = 6

/** Ways to say it that are shown of one command: enough to see the pattern. */
const mostPhrases = 3

const atLength = (command: CommandInfo): Section => {
  const { summary, says, slash, args } = command
  const takes = Object.values(args).map(describe).join('; ')
  return {
    kind: 'rows',
    title: `${summary} · ${slash}`,
    rows: [
      ...says.slice(0, mostPhrases).map((phrase, index) => ({
        title: `“${readablePhrase(phrase, args)}”`,
        ...(index === 0 && { select: tryIt(command) }),
      })),
      ...(takes ? [{ title: 'Takes', detail: takes }] : []),
    ],
  }
}

function describe(arg: Arg): string {
  const kinds = arg.type === 'entity' ? arg.kinds.map((kind) => kind.toLowerCase()) : []
  const takes =
    arg.type === 'entity'
      ? kinds.length > 3
        ? `${kinds.slice(0, 3).join(', ')} …`
        : kinds.join(' or ')
      : arg.type === 'choice'
        ? arg.values.slice(0, 4).join(', ')
        : arg.type
  return `${arg.label} (${takes}${arg.optional ? ', may be left out' : ''})`
}

/** A command without its arguments: what needs none is answered, of another they are asked in a form. */
const tryIt = ({ id, example, args }: CommandInfo): Button => ({
  title: sentenceCase(readablePhrase(example, args)),
  intent: { command: id, args: {} },
})

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
