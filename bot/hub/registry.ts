import type { Args } from '../../skills/kit/arguments.js'
import type { BuiltCommand, Command, Skill } from '../../skills/kit/command.js'
import { kinds, ownKinds, placeOfKind } from '../../skills/kit/model.js'
import type { CommandInfo, PortName } from '../../skills/kit/ports.js'
import { spellOut, spellOutRequest } from '../../skills/kit/spell-out.js'
import type { SaysIn } from '../../skills/kit/tongues.js'
import { sharedPhrases } from './shared-phrases.js'

/** A command with the skill that declares it. */
export interface Registered {
  skill: Skill
  command: Command<Args, PortName>
  info: CommandInfo
}

/** One that is there, and not only planned. */
export type BuiltRegistered = Registered & { command: BuiltCommand<Args, PortName> }

/** All commands of all skills, by id. */
export interface Registry {
  skills: readonly Skill[]
  commands: readonly CommandInfo[]
  find(id: string): Registered | undefined
  /** Commands that a skill offers and no skill declares; start-up reports them. */
  absent: readonly { skill: string; command: string }[]
}

/**
 * Takes the skills as declared and answers what can be done with them.
 * @throws Error naming every mistake in the declarations at once: a twice-used name, a placeholder without an argument,
 *   a phrase that two commands claim.
 */
export function createRegistry(declared: readonly Skill[]): Registry {
  const skills = [...declared].sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1))
  const byId = new Map<string, Registered>()
  const mistakes: string[] = []
  for (const skill of skills)
    for (const [name, command] of Object.entries(skill.commands)) {
      const info = describe(skill, name, command)
      if (byId.has(info.id)) mistakes.push(`${info.id} is declared twice`)
      mistakes.push(...mistakesOf(info))
      byId.set(info.id, { skill, command, info })
    }
  mistakes.push(...sharedPhrases([...byId.values()].map(({ info }) => info)))
  if (mistakes.length) throw new Error(`Skills are declared wrongly:\n  ${mistakes.join('\n  ')}`)
  const absent = skills.flatMap((skill) =>
    skill.offers.filter((id) => !byId.has(id)).map((command) => ({ skill: skill.name, command })),
  )
  return { skills, commands: [...byId.values()].map(({ info }) => info), find: (id) => byId.get(id), absent }
}

function describe(skill: Skill, name: string, command: Command<Args, PortName>): CommandInfo {
  const { summary, saysIn, args, effect, role } = command
  const says = [...new Set(command.says.flatMap(spellOut))]
  const known = new Set(says)
  const requests = [...new Set(command.requests?.flatMap(spellOutRequest))].filter((phrase) => !known.has(phrase))
  return {
    id: idOf(skill.name, name),
    skill: skill.name,
    skillSummary: skill.summary,
    summary,
    example: says[0] ?? '',
    says,
    ...(requests.length > 0 && { requests }),
    ...(saysIn && { saysIn }),
    // Where actions are commands, `/action vm.restart` is that action, so to look at one it takes a word more.
    slash: skill.manifests && name === 'show' ? `/${skill.name} show` : slashOf(skill.name, name),
    args,
    effect,
    role,
    featured: command.featured === true,
    ...(command.planned && { planned: true }),
    ...('picks' in command && { picks: Object.keys(args)[0] ?? '' }),
  }
}

/** `on-call.show`; a command that is all of its skill is called as the skill is: `ask`. */
const idOf = (skill: string, command: string): string => (command === skill ? skill : `${skill}.${command}`)

/** `/on-call` for a skill's `show`, `/catalog owner` for the others. */
export const slashOf = (skill: string, command: string): string =>
  command === 'show' || command === skill ? `/${skill}` : `/${skill} ${command}`

const namePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

function mistakesOf({ id, says, requests = [], saysIn = noTongues, args, effect, picks }: CommandInfo): string[] {
  const mistakes = id
    .split('.')
    .filter((part) => !namePattern.test(part))
    .map((part) => `${id}: "${part}" is not a lower-case name with hyphens`)
  if (says.length < 10)
    mistakes.push(`${id} has ${says.length} examples; write ten or more, understanding lives on them`)
  for (const phrase of [says, requests, ...Object.values(saysIn)].flat())
    for (const [, name] of phrase.matchAll(/\{(\w+)\}/g))
      if (!Object.hasOwn(args, name!)) mistakes.push(`${id} says "${phrase}", but has no argument ${name}`)
  for (const [name, arg] of Object.entries(args))
    if (arg.type === 'entity' && arg.kinds.some((kind) => kind !== ownKinds && placeOfKind(kind) === kinds.length))
      mistakes.push(`${id}: ${name} asks for a kind that does not exist`)
  // What changes the world is asked for in the words that its closed vocabulary knows, and in no others.
  if (effect === 'change' && saysIn !== noTongues) mistakes.push(`${id} changes something and is said in English only`)
  if (effect === 'read' && requests.length)
    mistakes.push(`${id} changes nothing, so what is asked for by it stands among its examples`)
  if (picks !== undefined && (args[picks]?.type !== 'text' || Object.keys(args).length > 1))
    mistakes.push(`${id} is picked from, so it takes one text and nothing else`)
  return mistakes
}

const noTongues: SaysIn = { de: [], fr: [], es: [] }
