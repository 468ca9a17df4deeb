import type { Args } from '../../skills/kit/arguments.js'
import type { Command, Skill } from '../../skills/kit/command.js'
import { kinds, ownKinds, placeOfKind } from '../../skills/kit/model.js'
import type { CommandInfo, PortName } from '../../skills/kit/ports.js'

/** A command with the skill that declares it. */
export interface Registered {
  skill: Skill
  command: Command<Args, PortName>
  info: CommandInfo
}

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
  const { summary, says, args, effect, role } = command
  return {
    id: `${skill.name}.${name}`,
    skill: skill.name,
    skillSummary: skill.summary,
    summary,
    example: says[0] ?? '',
    says,
    // Where actions are commands, `/action vm.restart` is that action, so to look at one it takes a word more.
    slash: skill.manifests && name === 'show' ? `/${skill.name} show` : slashOf(skill.name, name),
    args,
    effect,
    role,
    featured: command.featured === true,
  }
}

/** `/on-call` for a skill's `show`, `/catalog owner` for the others. */
export const slashOf = (skill: string, command: string): string =>
  command === 'show' ? `/${skill}` : `/${skill} ${command}`

const namePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

function mistakesOf({ id, says, args }: CommandInfo): string[] {
  const mistakes = id
    .split('.')
    .filter((part) => !namePattern.test(part))
    .map((part) => `${id}: "${part}" is not a lower-case name with hyphens`)
  if (says.length < 10)
    mistakes.push(`${id} has ${says.length} examples; write ten or more, understanding lives on them`)
  for (const phrase of says)
    for (const [, name] of phrase.matchAll(/\{(\w+)\}/g))
      if (!Object.hasOwn(args, name!)) mistakes.push(`${id} says "${phrase}", but has no argument ${name}`)
  for (const [name, arg] of Object.entries(args))
    if (arg.type === 'entity' && arg.kinds.some((kind) => kind !== ownKinds && placeOfKind(kind) === kinds.length))
      mistakes.push(`${id}: ${name} asks for a kind that does not exist`)
  return mistakes
}

/** Two commands that claim the same words would answer by chance. Placeholders of different kinds tell them apart. */
function sharedPhrases(commands: readonly CommandInfo[]): string[] {
  const claimed = new Map<string, string>()
  const mistakes: string[] = []
  for (const { id, says, args } of commands)
    for (const phrase of says) {
      const shape = phrase.toLowerCase().replace(/\{(\w+)\}/g, (_, name: string) => shapeOf(args[name]))
      const other = claimed.get(shape)
      if (other && other !== id) mistakes.push(`${id} and ${other} both say "${phrase}"`)
      claimed.set(shape, id)
    }
  return mistakes
}

const shapeOf = (arg: Args[string] | undefined): string =>
  arg?.type === 'entity' ? `{${[...arg.kinds].sort().join('|')}}` : `{${arg?.type}}`
