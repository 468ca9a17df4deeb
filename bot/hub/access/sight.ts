import { everything, type Filter } from '../../../skills/kit/catalog/filter.js'
import { roles, type Kind, type Person, type Role } from '../../../skills/kit/model.js'
import { roleTitles } from '../../../skills/kit/rule-words.js'
import type { AccessPolicy, HidingRule, Subject } from './access-policy.js'

/** Who reads, as far as rules are about them: a person, or the audience of a place. */
export interface Standing {
  /** Catalog id; absent for an audience. */
  id?: string
  roles: readonly Role[]
  customRoles: NonNullable<Person['customRoles']>
  /** Catalog ids of the teams that they are in. */
  teams: readonly string[]
}

/** Something that may be seen, and by which right. */
export interface Opening {
  shows: Filter
  reason: string
}

/** Something that is hidden, by which rule, and what would help. */
export interface Closing {
  hides: Filter
  reason: string
  wayOn: string
  /** Whether not even its name is told. */
  secret: boolean
  /** Set where somebody of the team that owns the thing would see it. */
  owningTeam?: true
}

/** What a reader may see: what one of the openings shows and none of the closings hides. */
export interface Sight {
  opens: readonly Opening[]
  closes: readonly Closing[]
}

/** The sight of who sees everything. */
export const wholeSight: Sight = { opens: [{ shows: everything, reason: 'Nothing stands against it.' }], closes: [] }

/** A sight as the one filter that everything said to the reader goes through; undefined where it is everything. */
export function visibleTo({ opens, closes }: Sight): Filter | undefined {
  const all = opens.some(({ shows }) => shows === everything)
  if (all && !closes.length) return undefined
  return {
    all: [
      ...(all ? [] : [{ any: opens.map(({ shows }) => shows) }]),
      ...closes.map(({ hides }): Filter => ({ not: hides })),
    ],
  }
}

const rank = (standing: Pick<Standing, 'roles'>): number =>
  Math.max(0, ...standing.roles.map((role) => roles.indexOf(role)))

/** What a person may see by the policy, beside themselves. Employees see what no rule hides, guests what they were given of that. */
export function sightOf(standing: Standing, policy: AccessPolicy): Sight {
  const own: Opening[] =
    standing.id === undefined
      ? []
      : [
          {
            shows: { all: [{ kinds: ['Person'] }, { property: 'id', is: '=', value: standing.id }] },
            reason: 'It is you.',
          },
        ]
  const given = [
    ...policy.roles
      .filter(({ role }) => standing.customRoles.some(({ name }) => name === role.name))
      .flatMap(({ role, sees }) =>
        sees.map((shows): Opening => ({ shows, reason: `The role ${role.title} may see it.` })),
      ),
    ...policy.showing
      .filter(({ to }) => to.some((subject) => isShownTo(subject, standing)))
      .map(({ shows, name }): Opening => ({ shows, reason: `The rule “${name}” shows it.` })),
  ]
  const opens = rank(standing) > roles.indexOf('guest') ? wholeSight.opens : [...own, ...given]
  return { opens, closes: closingsOf(standing, policy) }
}

/**
 * What the policy's rules hide from a reader.
 * @param say how a rule is told of; with its name unless told
 */
export const closingsOf = (standing: Standing, policy: AccessPolicy, say: SayRule = sayRule): Closing[] =>
  policy.hiding
    .filter(({ from }) => from.some((subject) => isHiddenFrom(subject, standing)))
    .filter(({ unless }) => !unless.some((subject) => isShownTo(subject, standing)))
    .map((rule) => closingOf(rule, standing, say))

function closingOf(rule: HidingRule, { teams }: Standing, say: SayRule): Closing {
  const byOwning = rule.unless.includes('owning-team')
  const hides: Filter = byOwning ? { all: [rule.hides, { not: ownedByAny(teams) }] } : rule.hides
  return {
    hides: { any: [hides, tellingOf(hides)] },
    secret: rule.secret,
    ...say(rule),
    ...(byOwning && { owningTeam: true }),
  }
}

/** By these one thing tells of another: an incident of what it hurts, a proposal of what it would change, a runbook of what it is for. */
const telling = ['affects', 'watches', 'documents', 'deploys', 'runOf'] as const
const tellers: readonly Kind[] = ['Incident', 'Proposal', 'AlertRule', 'Runbook', 'Deployment', 'Change', 'Run']

/** What Nexus or a vendor noted of something: its name and its words say what that is, so it is hidden with it. */
const tellingOf = (thing: Filter): Filter => ({
  all: [{ kinds: tellers }, { any: telling.map((type): Filter => ({ step: { type, direction: 'out' }, of: thing })) }],
})

/** What one of the teams owns, itself or by what it is part of. */
const ownedByAny = (teams: readonly string[]): Filter => {
  const owned: Filter = {
    step: { type: 'ownedBy', direction: 'out' },
    of: { all: [{ kinds: ['Team'] }, { property: 'id', in: teams }] },
  }
  return { any: [owned, { step: { type: 'partOf', direction: 'out' }, deep: true, of: owned }] }
}

/** A rule as people read it: whom it hides something from, and what would help. */
type SayRule = (rule: HidingRule) => Pick<Closing, 'reason' | 'wayOn'>

/** A rule told to whom it hides something from. */
const sayRule: SayRule = (rule) => tellRule(rule, `The rule “${rule.name}” hides it from`)

/** A rule told among several people, who must not learn by its name what it hides. */
export const sayUnnamedRule: SayRule = (rule) => tellRule(rule, 'It is hidden from')

function tellRule({ name, from, unless, broken }: HidingRule, hidesIt: string): ReturnType<SayRule> {
  if (broken)
    return {
      reason: `It is hidden, because ${name}.`,
      wayOn: 'Whoever keeps the settings can mend policies/roles.yaml.',
    }
  const except = unless.map((subject) => sayShown(subject)).join(' and ')
  return {
    reason: `${hidesIt} ${from.map(sayHidden).join(' and ')}${except && `, except ${except}`}.`,
    wayOn: unless.includes('owning-team')
      ? 'What is missing is a place in the team that owns it; whoever leads that team can give it.'
      : 'An Admin of Nexus can change the rule, in policies/roles.yaml.',
  }
}

function isShownTo(subject: Subject, standing: Standing): boolean {
  if (subject === 'everyone') return true
  // Whether a thing's owner is one of their teams is asked of the thing.
  if (subject === 'owning-team') return false
  if ('role' in subject) return rank(standing) >= roles.indexOf(subject.role)
  return isNamed(subject, standing)
}

function isHiddenFrom(subject: Subject, standing: Standing): boolean {
  if (subject === 'everyone') return true
  if (subject === 'owning-team') return false
  if ('role' in subject) return rank(standing) <= roles.indexOf(subject.role)
  return isNamed(subject, standing)
}

function isNamed(
  subject: { custom: string } | { person: string } | { team: string },
  { id, customRoles, teams }: Standing,
): boolean {
  if ('custom' in subject) return customRoles.some(({ name }) => name === subject.custom)
  return 'person' in subject ? subject.person === id : teams.includes(subject.team)
}

const sayHidden = (subject: Subject): string =>
  typeof subject === 'object' && 'role' in subject && subject.role !== 'guest'
    ? `${roleTitles[subject.role]} and those below`
    : saySubject(subject)
const sayShown = (subject: Subject): string =>
  typeof subject === 'object' && 'role' in subject && subject.role !== 'admin'
    ? `${roleTitles[subject.role]} and those above`
    : saySubject(subject)

function saySubject(subject: Subject): string {
  if (subject === 'everyone') return 'everyone'
  if (subject === 'owning-team') return 'the team that owns it'
  if ('role' in subject) return roleTitles[subject.role]
  if ('custom' in subject) return `the role ${subject.custom}`
  return 'person' in subject ? subject.person : `team ${subject.team}`
}
