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
    sections: topic
      ? chosen.map(atLength)
      : skillsOf(chosen).map((skill) => brief(chosen.filter((command) => command.skill === skill))),
  }
  return answer(card, { headline: `${card.title}: ${count(chosen.length, 'command')}`, buttons: buttonsFor(chosen) })
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
  rows: own.map(({ example, slash, args }) => ({ title: `“${readablePhrase(example, args)}”`, end: slash })),
})

const atLength = ({ summary, says, slash, args }: CommandInfo): Section => ({
  kind: 'rows',
  title: `${summary} · ${slash}`,
  rows: [
    ...says.slice(0, 5).map((phrase) => ({ title: `“${readablePhrase(phrase, args)}”` })),
    ...Object.entries(args).map(([name, arg]) => ({ title: name, detail: describe(arg) })),
  ],
})

function describe(arg: Arg): string {
  const takes =
    arg.type === 'entity' ? arg.kinds.slice(0, 3).join(', ') : arg.type === 'choice' ? arg.values.join(', ') : arg.type
  return `${arg.label}: ${takes}${arg.optional ? ' (may be left out)' : ''}`
}

/** Commands that need nothing more can be tried at once. */
function buttonsFor(commands: readonly CommandInfo[]): Button[] {
  const ready = commands.filter(
    ({ id, args }) => id !== 'help.show' && Object.values(args).every((arg) => arg.optional),
  )
  return ready.slice(0, 3).map(({ id, example }) => ({
    title: example.charAt(0).toUpperCase() + example.slice(1),
    intent: { command: id, args: {} },
  }))
}
