import { z } from 'zod/v4'
import { areas } from '../../skills/kit/audience.js'
import type { Filter } from '../../skills/kit/catalog/filter.js'
import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import { readFilter } from '../../skills/kit/catalog/read-filter.js'
import { Fault } from '../../skills/kit/errors.js'
import type { OwnRole } from '../../skills/kit/group-roles.js'
import { roles } from '../../skills/kit/model.js'
import type { Settings } from '../../skills/kit/ports.js'
import {
  closedRule,
  openPolicy,
  unreadPolicy,
  type AccessPolicy,
  type HidingRule,
  type ShowingRule,
  type Subject,
} from '../hub/access/access-policy.js'
import { includeRoles } from './include-roles.js'
import { inForce, locateYaml, saysIssues, type LocatedYaml } from './settings-file.js'

/**
 * Where an organisation writes who may use and see what:
 *
 *     groups:                                    # Entra group, by name or object id → role, beside NEXUS_ROLE_GROUPS
 *       Platform Crew: platform-engineer
 *     roles:                                     # roles of its own
 *       payments-support:
 *         title: Payments Support
 *         groups: [Payments Support]             # Entra groups that have it
 *         base: guest                            # what it may besides, `guest` unless told
 *         commands: [incident.list, on-call.*]   # a change is named by its whole id
 *         areas: [cost]                          # every question of these areas
 *         sees: Resource where environment = production and tags.team = payments
 *         includes: [on-call-reader]             # whoever has it has these too
 *         owners: [dana@contoso.example]         # who can give it
 *     rules:                                     # what hides beats what shows
 *       - name: restricted data
 *         hides: Resource where tags.data = restricted
 *         from: developer                        # and those below; everyone unless told
 *         unless: owning-team
 *         secret: true                           # its name is not told either
 *       - name: partners
 *         shows: Service where lifecycle = public
 *         to: [guest, team:partners]
 *     entities:                                  # single things
 *       - { entity: Service/vault, hides: true, from: everyone, unless: [lee@contoso.example, platform-engineer] }
 *       - { entity: Service/status-page, shows: true, to: guest }
 *
 * Whom a rule is about is `everyone`, a role (where it hides: and those below; where it shows, and in `unless`: and those above), a role of
 * its own, a mail address, `team:` with a team's id; `owning-team` in `unless` is who is in the team that owns the thing. What may be seen
 * is a filter in its text form. What shows matters to guests, who see nothing else: employees see what nothing hides.
 */
export const accessPolicyPath = 'policies/roles.yaml'

const name = z.string().trim().min(1).max(200)
const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([item.transform((one) => [one]), z.array(item).min(1)]) as z.ZodType<z.output<T>[]>
const Entity = z.string().regex(/^[A-Za-z]+\/.+$/, 'must be a kind and an id, such as Service/vault')
const Custom = z.strictObject({
  title: name.optional(),
  groups: z.array(name).min(1),
  base: z.enum(roles).default('guest'),
  commands: z
    .array(z.string().regex(/^[a-z][a-z0-9-]*\.(\*|[a-z0-9.-]+)$/, 'must be a command such as run.show, or run.*'))
    .default([]),
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
const File = z.strictObject({
  groups: z.record(z.string(), z.unknown()).default({}),
  roles: z.record(z.string(), z.unknown()).default({}),
  rules: z.array(z.unknown()).default([]),
  entities: z.array(z.unknown()).default([]),
})

/** The policy as it was read, and what is wrong with its file. */
export interface ReadAccessPolicy {
  policy: AccessPolicy
  mistakes: string[]
  /** The Entra groups that the file names, and how to say of each where. */
  groups: { name: string; says(what: string): string }[]
}

/**
 * Reads the policy's text, its filters against the kinds there are. Nothing is ever open because the file is broken: a role or a showing rule that cannot be read gives nothing, in
 * the place of a hiding one stands a rule that hides everything from those it names, Admins aside; so it does where the file cannot be read.
 */
export function readAccessPolicy(text: string, kinds: readonly KindDeclaration[]): ReadAccessPolicy {
  const yaml = locateYaml(accessPolicyPath, text)
  if (yaml.mistakes) return { policy: unreadPolicy, mistakes: yaml.mistakes, groups: [] }
  const file = File.safeParse(yaml.value ?? {})
  if (!file.success) return { policy: unreadPolicy, mistakes: saysIssues(yaml, file.error.issues), groups: [] }
  const reader = new PolicyReader(yaml, kinds)
  const { groups, roles: custom, rules, entities } = file.data
  const own = includeRoles(
    Object.entries(custom).flatMap(([title, role]) => reader.role(title, role)),
    (role, what) => reader.wrong(['roles', role, 'includes'], what),
  )
  reader.custom = own.map(({ role }) => role.name)
  const policy: AccessPolicy = {
    groups: Object.fromEntries(Object.entries(groups).flatMap(([group, role]) => reader.group(group, role))),
    roles: own,
    hiding: [
      ...rules.flatMap((rule, index) => (shows(rule) ? [] : [reader.hiding(rule, ['rules', index])])),
      ...entities.flatMap((rule, index) => (shows(rule) ? [] : [reader.hidingOne(rule, ['entities', index])])),
    ],
    showing: [
      ...rules.flatMap((rule, index) => (shows(rule) ? reader.showing(rule, ['rules', index]) : [])),
      ...entities.flatMap((rule, index) => (shows(rule) ? reader.showingOne(rule, ['entities', index]) : [])),
    ],
  }
  const named = [
    ...Object.keys(policy.groups).map((group) => ({ group, way: ['groups', group] })),
    ...own.flatMap(({ role, groups: some }) => some.map((group) => ({ group, way: ['roles', role.name, 'groups'] }))),
  ]
  return {
    policy,
    mistakes: reader.mistakes,
    groups: named.map(({ group, way }) => ({ name: group, says: (what) => yaml.says(way, what) })),
  }
}

/**
 * The groups of a file that nobody is in: what they give is given to nobody, and a name that is misspelt looks like this.
 * @param known names and ids of the groups that somebody is in, without case
 */
export const sayUnknownGroups = (groups: ReadAccessPolicy['groups'], known: ReadonlySet<string>): string[] =>
  groups
    .filter(({ name: group }) => !known.has(group.toLowerCase()))
    .map(({ name: group, says }) => says(`nobody is in a group “${group}” of Entra ID, so it gives nobody anything`))

/** Whether it is written as a rule that shows; whatever else it may be, it hides. */
const shows = (rule: unknown): boolean =>
  typeof rule === 'object' && rule !== null && 'shows' in rule && !('hides' in rule)

type Way = readonly PropertyKey[]

/** Reads the parts of the file, each by itself, and gathers what is wrong with them. */
class PolicyReader {
  readonly mistakes: string[] = []
  /** The names of the roles that could be read: of one that could not, nobody knows who has it. */
  custom: readonly string[] = []

  constructor(
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
    return `line ${this.yaml.lineOf(way)} of ${accessPolicyPath} cannot be read`
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

/**
 * The policy in force, read from the settings at every question. Where they do not answer, the one that was read last holds; before that
 * only Admins see the catalog.
 * @param kinds what there is now, an organisation's own among them
 * @param report told of the mistakes of a file once, until it changes
 */
export const accessPolicyOf = (
  settings: Pick<Settings, 'read'>,
  kinds: () => readonly KindDeclaration[],
  report: (mistakes: readonly string[]) => void,
): (() => Promise<AccessPolicy>) =>
  inForce(settings, {
    path: accessPolicyPath,
    basis: kinds,
    read(text) {
      const { policy, mistakes } = readAccessPolicy(text, kinds())
      return { is: policy, mistakes }
    },
    absent: openPolicy,
    unread: unreadPolicy,
    report,
  })
