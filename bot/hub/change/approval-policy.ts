import type { Plan, Risk } from '../../../skills/kit/plan.js'
import type { Stage } from '../../../skills/kit/proposal.js'
import type { Role } from '../../../skills/kit/model.js'

/** A stage as a policy writes it: `owner` stands for the team that owns the target. */
export interface PolicyStage {
  who: { role: Role; team?: string } | { people: string[] }
  need: number
}

/** One rule of the approval policy: which changes it is for, and who has to agree to them. */
export interface PolicyRule {
  /** As people call it; said on the card. */
  name: string
  /**
   * Every field that is there has to hold; one value of those listed is enough. `!production` is any other environment that is known to be
   * one; a command may end in `*`.
   */
  when: { environment?: string[]; risk?: Risk[]; team?: string[]; command?: string[] }
  stages: PolicyStage[]
  /** Minutes until a proposal expires. */
  expires: number
}

/** The policy that is in force. */
export interface ApprovalPolicy {
  /** `built-in`, or a digest of the file. */
  version: string
  /** The first that fits counts. */
  rules: PolicyRule[]
}

/** Minutes a proposal waits unless its rule says otherwise. */
export const defaultExpiry = 30

/** What counts where no rule of an organisation's own fits. Each line asks for more than the one before. */
export const builtInRules: readonly PolicyRule[] = [
  {
    name: 'high risk in production',
    when: { environment: ['production'], risk: ['high'] },
    stages: [
      { who: { role: 'team-lead', team: 'owner' }, need: 1 },
      { who: { role: 'platform-engineer' }, need: 1 },
    ],
    expires: defaultExpiry,
  },
  {
    name: 'low risk outside production',
    when: { environment: ['!production'], risk: ['low'] },
    stages: [{ who: { role: 'team-lead' }, need: 1 }],
    expires: defaultExpiry,
  },
  {
    name: 'any other change',
    when: {},
    stages: [{ who: { role: 'platform-engineer' }, need: 1 }],
    expires: defaultExpiry,
  },
]

/** The policy of an organisation that has written none. */
export const builtInPolicy: ApprovalPolicy = { version: 'built-in', rules: [...builtInRules] }

/** How many people's agreement a rule takes. */
const weight = ({ stages }: PolicyRule): number => stages.reduce((sum, { need }) => sum + need, 0)

/** The rule that asks for most people, of those that are given and the built-in ones: what stands in for one that cannot be read. */
export function safestRule(rules: readonly PolicyRule[], name: string, when: PolicyRule['when'] = {}): PolicyRule {
  const safest = [...builtInRules, ...rules].reduce((most, rule) => (weight(rule) > weight(most) ? rule : most))
  return { ...safest, name, when }
}

/** The rule for a planned change, its owner filled in. */
export function approvalRule(
  policy: ApprovalPolicy,
  command: string,
  plan: Pick<Plan, 'environment' | 'risk' | 'team' | 'agreement'>,
): { rule: string; stages: Stage[]; expires: number } {
  if (plan.agreement) return agreementRule(policy, command, plan, plan.agreement)
  const rule =
    policy.rules.find(({ when }) => applies(when, command, plan)) ??
    builtInRules.find(({ when }) => applies(when, command, plan))!
  return { rule: rule.name, stages: rule.stages.map((stage) => withOwner(stage, plan.team)), expires: rule.expires }
}

/** An affair between people is for them to agree on; a rule that names the command asks for others after them. */
function agreementRule(
  policy: ApprovalPolicy,
  command: string,
  plan: Pick<Plan, 'environment' | 'risk' | 'team'>,
  { people }: NonNullable<Plan['agreement']>,
): { rule: string; stages: Stage[]; expires: number } {
  const named = policy.rules.find(({ when }) => when.command !== undefined && applies(when, command, plan))
  const own = people.map((person): Stage => ({ who: { people: [person] }, need: 1 }))
  const more = named?.stages.map((stage) => withOwner(stage, plan.team)) ?? []
  const rule = `those it concerns agree${named ? `, then ${named.name}` : ''}`
  return { rule, stages: [...own, ...more], expires: named?.expires ?? defaultExpiry }
}

function applies(
  when: PolicyRule['when'],
  command: string,
  { environment, risk, team }: Pick<Plan, 'environment' | 'risk' | 'team'>,
): boolean {
  const one = (wanted: string[] | undefined, value: string | undefined) =>
    wanted === undefined || (value !== undefined && wanted.includes(value))
  const other = (name: string) => when.environment!.find((wanted) => wanted.startsWith('!') && wanted !== `!${name}`)
  const named = (pattern: string) =>
    pattern.endsWith('*') ? command.startsWith(pattern.slice(0, -1)) : command === pattern
  return (
    (one(when.environment, environment) || one(when.environment, environment && other(environment))) &&
    one(when.risk, risk) &&
    one(when.team, team) &&
    (when.command === undefined || when.command.some(named))
  )
}

/** A target that nobody owns has no team whose lead could agree: any Team Lead may then. */
function withOwner({ who, need }: PolicyStage, team: string | undefined): Stage {
  if ('people' in who || who.team !== 'owner') return { who, need }
  return { who: { role: who.role, ...(team !== undefined && { team }) }, need }
}
