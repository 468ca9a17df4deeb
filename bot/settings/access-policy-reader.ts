import { z } from 'zod/v4'
import { areas } from '../../skills/kit/audience.js'
import type { Filter } from '../../skills/kit/catalog/filter.js'
import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import { readFilter } from '../../skills/kit/catalog/read-filter.js'
import { Fault } from '../../skills/kit/errors.js'
import type { OwnRole } from '../../skills/kit/group-roles.js'
import { roles } from '../../skills/kit/model.js'
import {
  closedRule,
  type AccessPolicy,
  type HidingRule,
  type ShowingRule,
  type Subject,
} from '../hub/access/access-policy.js'
import { saysIssues, type LocatedYaml } from './settings-file.js'

const name = z.string().trim().min(1).max(200)
const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([item.transform((one) => [one]), z.array(item).min(1)]) as z.ZodType<z.output<T>[]>
const Entity = z.string().regex(/^[A-Za-z]+\/.+$/, 'must be a kind and an id, such as Service/vault')
/** A command's id, or all of a skill's; `ask` is a skill and its one command. */
const command = /^(?:ask|[a-z][a-z0-9-]*\.(?:\*|[a-z0-9.-]+))$/
const Custom = z.strictObject({
  title: name.optional(),
  groups: z.array(name).min(1),
  base: z.enum(roles).default('guest'),
  commands: z.array(z.string().regex(command, 'must be a command such as run.show, or run.*')).default([]),
  areas: z.array(z.enum(areas)).default([]),
  sees: oneOrMore(name).default([]),
  includes: z.array(name).default([]),
  owners: z.array(name.toLowerCase()).default([]),
})
const common = {
  from: oneOrMore(name).optional(),
  unless: oneOrMore(name).default([]),
  secret: z.boolean().default(false),
}
const Hiding = z.strictObject({ name, hides: name, ...common })
const Showing = z.strictObject({ name, shows: name, to: oneOrMore(name) })
const HidingOne = z.strictObject({ entity: Entity, hides: z.literal(true), ...common })
const ShowingOne = z.strictObject({ entity: Entity, shows: z.literal(true), to: oneOrMore(name) })
type Way = readonly PropertyKey[]

/** Reads the parts of the file, each by itself, and gathers what is wrong with them. */
export class AccessPolicyReader {
  readonly mistakes: string[] = []
  /** The names of the roles that could be read: of one that could not, nobody knows who has it. */
  custom: readonly string[] = []

  constructor(
    /** As mistakes name the file. */
    readonly path: string,
    readonly yaml: LocatedYaml,
    readonly kinds: readonly KindDeclaration[],
  ) {}

  group(group: string, value: unknown): [string, AccessPolicy['groups'][string]][] {
    const role = this.#parse(z.enum(roles), value, ['groups', group])
    return role ? [[group, role]] : []
  }

  role(roleName: string, value: unknown): OwnRole[] {
    const way = ['roles', roleName]
    const read = this.#parse(Custom, value, way)
    if (!read) return []
    if ((roles as readonly string[]).includes(roleName)) {
      this.wrong(way, `${roleName} is a role of Nexus; give yours another name`)
      return []
    }
    const { title = roleName, groups, base, sees, includes, ...given } = read
    const filters = sees.map((text) => this.#filter(text, [...way, 'sees']))
    const shown = filters.filter((one) => one !== undefined)
    return [{ base, groups, includes, sees: shown, role: { ...given, name: roleName, title } }]
  }

  hiding(value: unknown, way: Way): HidingRule {
    const rule = this.#parse(Hiding, value, way)
    const hides = rule && this.#filter(rule.hides, [...way, 'hides'])
    return rule && hides ? this.#hides({ ...rule, hides }, way) : this.#closed(value, way)
  }

  hidingOne(value: unknown, way: Way): HidingRule {
    const rule = this.#parse(HidingOne, value, way)
    const hides = rule && this.#entity(rule.entity, way)
    return rule && hides ? this.#hides({ ...rule, name: rule.entity, hides }, way) : this.#closed(value, way)
  }

  showing(value: unknown, way: Way): ShowingRule[] {
    const rule = this.#parse(Showing, value, way)
    const filter = rule && this.#filter(rule.shows, [...way, 'shows'])
    return rule && filter ? [{ name: rule.name, shows: filter, to: this.#subjects(rule.to, [...way, 'to']) }] : []
  }

  showingOne(value: unknown, way: Way): ShowingRule[] {
    const rule = this.#parse(ShowingOne, value, way)
    const filter = rule && this.#entity(rule.entity, way)
    return rule && filter ? [{ name: rule.entity, shows: filter, to: this.#subjects(rule.to, [...way, 'to']) }] : []
  }

  #hides(rule: Omit<z.output<typeof Hiding>, 'hides'> & { hides: Filter }, way: Way): HidingRule {
    const from = this.#subjects(rule.from ?? ['everyone'], [...way, 'from'])
    // Who is meant cannot be told where one of them is unknown, so it is everyone.
    if (from.length < (rule.from?.length ?? 1)) return { ...closedRule(this.#unread(way)), hides: rule.hides }
    const { name: title, hides, secret } = rule
    return { name: title, hides, from, unless: this.#subjects(rule.unless, [...way, 'unless'], true), secret }
  }

  /** What stands for a rule that cannot be read: as wide as it may have been meant. */
  #closed(value: unknown, way: Way): HidingRule {
    const written = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
    const from = oneOrMore(name).safeParse(written.from)
    const known = from.success ? this.#subjects(from.data, [...way, 'from']) : []
    return closedRule(this.#unread(way), from.success && known.length === from.data.length ? known : ['everyone'])
  }

  #unread(way: Way): string {
    return `line ${this.yaml.lineOf(way)} of ${this.path} cannot be read`
  }

  #subjects(texts: readonly string[], way: Way, isExcept = false): Subject[] {
    return texts.flatMap((text): Subject[] => {
      const subject = this.#subject(text)
      if (subject === undefined || (subject === 'owning-team' && !isExcept)) {
        this.wrong(way, `“${text}” is nobody: write everyone, a role, a role of this file, a mail address or team:id`)
        return []
      }
      return [subject]
    })
  }

  #subject(text: string): Subject | undefined {
    if (text === 'everyone' || text === 'owning-team') return text
    const role = roles.find((one) => one === text)
    if (role) return { role }
    if (this.custom.includes(text)) return { custom: text }
    if (text.startsWith('team:') && text.length > 5) return { team: text.slice(5) }
    return text.includes('@') ? { person: text.toLowerCase() } : undefined
  }

  #entity(text: string, way: Way): Filter | undefined {
    const slash = text.indexOf('/')
    return this.#filter(`${text.slice(0, slash)} where id = ${JSON.stringify(text.slice(slash + 1))}`, [
      ...way,
      'entity',
    ])
  }

  #filter(text: string, way: Way): Filter | undefined {
    try {
      return readFilter(text, this.kinds)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      this.wrong(way, [error.message, error.wayOn].filter(Boolean).join(' '))
      return undefined
    }
  }

  #parse<T extends z.ZodType>(schema: T, value: unknown, way: Way): z.output<T> | undefined {
    const read = schema.safeParse(value)
    if (read.success) return read.data
    this.mistakes.push(...saysIssues(this.yaml, read.error.issues, way))
    return undefined
  }

  /** Notes a mistake of a part that was read. */
  wrong(way: Way, what: string): void {
    this.mistakes.push(this.yaml.says(way, `${way.map(String).join('.')}: ${what}`))
  }
}
