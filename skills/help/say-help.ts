import type { Row } from '../../cards/model.js'
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

/**
 * Lists the commands this person may use, by skill, each with a phrase and its slash form; with a topic, one skill at length. What is not there
 * yet stands apart, in one line.
 */
export async function sayHelp(topic: string | undefined, turn: Turn<'commands'>): Promise<Reply> {
  const [visible, planned] = [await turn.commands.visible(), await turn.commands.coming()]
  const chosen = topic ? matching(visible, topic) : visible
  const coming = topic ? matching(planned, topic) : planned
  if (!chosen.length && !coming.length)
    throw notFound(`There is no help on “${topic}”.`, `Topics are ${skillsOf(visible).join(', ')}.`)
  const status = chosen.length ? count(chosen.length, 'command') : 'coming'
  const card: CardBody = {
    state: 'accent',
    topic: 'Help',
    title: topic ?? 'What I can do',
    status,
    sentence: openings[turn.place.kind],
    sections: [...sectionsOf(chosen, topic), ...notYet(coming)],
  }
  return answer(card, { headline: `${card.title}: ${status}` })
}

const skillsOf = (commands: readonly CommandInfo[]): string[] => [...new Set(commands.map(({ skill }) => skill))]

function matching(commands: readonly CommandInfo[], topic: string): CommandInfo[] {
  const wanted = topic.toLowerCase().replace(/^\//, '')
  return commands.filter(({ id, skill, slash }) =>
    [skill, skill.replace('-', ' '), id, slash.slice(1)].includes(wanted),
  )
}

/** A card holds as many skills with each of their commands; of more, each skill is one line that leads to its own help. */
const mostSkills = 7

/** Lines of one section. */
const mostRows = 12

function sectionsOf(chosen: readonly CommandInfo[], topic: string | undefined): Section[] {
  if (topic && chosen.length <= mostAtLength) return chosen.map(atLength)
  const bySkill = skillsOf(chosen).map((skill) => chosen.filter((command) => command.skill === skill))
  if (bySkill.length <= mostSkills) return bySkill.map(brief)
  return Array.from({ length: Math.ceil(bySkill.length / mostRows) }, (_, n) => ({
    kind: 'rows',
    rows: bySkill.slice(n * mostRows, (n + 1) * mostRows).map(inOneLine),
  }))
}

/** A skill in one line: what people say to it first, what it is for, and how many commands it has. */
function inOneLine(own: readonly CommandInfo[]): Row<Button> {
  const [first] = own
  const { skill, skillSummary, example, args } = first!
  const more = own.length > 1 ? ` · ${own.length - 1} more` : ''
  return {
    title: `“${readablePhrase(example, args)}”`,
    detail: `${skillSummary.replace(/\.$/, '')}${more}`,
    end: `/${skill}`,
    select: { title: `Help with ${skill}`, intent: { command: 'help.show', args: { topic: skill } } },
  }
}

/** What is known and not there yet, by its slash form. */
const notYet = (coming: readonly CommandInfo[]): Section[] =>
  coming.length
    ? [
        {
          kind: 'text',
          title: 'Coming, not there yet',
          fold: 'closed',
          text: `${coming.map(({ slash }) => slash).join(', ')}.`,
        },
      ]
    : []

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
    title: `${slash} · ${summary}`,
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
