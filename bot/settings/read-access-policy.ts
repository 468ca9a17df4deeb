import { z } from 'zod/v4'
import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import type { Settings } from '../../skills/kit/ports.js'
import { openPolicy, unreadPolicy, type AccessPolicy } from '../hub/access/access-policy.js'
import { AccessPolicyReader } from './access-policy-reader.js'
import { includeRoles } from './include-roles.js'
import { inForce, locateYaml, saysIssues } from './settings-file.js'

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
  const reader = new AccessPolicyReader(accessPolicyPath, yaml, kinds)
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
