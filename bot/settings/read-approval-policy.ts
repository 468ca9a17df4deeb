import { createHash } from 'node:crypto'
import { z } from 'zod/v4'
import { roles } from '../../skills/kit/model.js'
import type { Settings } from '../../skills/kit/ports.js'
import {
  builtInPolicy,
  defaultExpiry,
  safestRule,
  type ApprovalPolicy,
  type PolicyRule,
} from '../hub/change/approval-policy.js'
import { inForce, locateYaml, saysIssues } from './settings-file.js'

/**
 * Where an organisation writes its approval policy:
 *
 *     rules:
 *       - name: databases of payments          # said on the card
 *         when:                                # all of them; one value or a list; what is absent holds for any
 *           environment: production            # or "!production"
 *           risk: [medium, high]
 *           team: payments
 *           command: action.sql.*
 *         stages:                              # passed in this order, each by other people
 *           - { role: team-lead, team: owner } # `owner`: the team that owns the target
 *           - { people: [lee@contoso.example, mei@contoso.example], need: 2 }
 *         expires: 60                          # minutes, 30 unless told
 *
 * The first rule that fits counts; where none does, the built-in ones go on.
 */
export const approvalPolicyPath = 'policies/approvals.yaml'

/** The policy as it was read, and what is wrong with its file. */
export interface ReadPolicy {
  policy: ApprovalPolicy
  /** One sentence each, with the line. */
  mistakes: string[]
}

const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([item.transform((one) => [one]), z.array(item).min(1)]) as z.ZodType<z.output<T>[]>
const name = z.string().trim().min(1).max(200)
const need = z.int().min(1).max(20).default(1)
const Stage = z.union([
  z
    .strictObject({ role: z.enum(roles).exclude(['guest']), team: name.optional(), need })
    .transform(({ role, team, need }) => ({ who: { role, ...(team !== undefined && { team }) }, need })),
  z
    .strictObject({ people: z.array(name.toLowerCase()).min(1).max(50), need })
    .refine(({ people, need }) => new Set(people).size >= need, 'it needs more people than it names')
    .transform(({ people, need }) => ({ who: { people }, need })),
])
const When = z.strictObject({
  environment: oneOrMore(name).optional(),
  risk: oneOrMore(z.enum(['low', 'medium', 'high'])).optional(),
  team: oneOrMore(name).optional(),
  command: oneOrMore(name).optional(),
})
const Rule = z.strictObject({
  name,
  when: When.default({}),
  stages: z.array(Stage).min(1).max(5),
  expires: z.int().min(5).max(1440).default(defaultExpiry),
})
const File = z.strictObject({ rules: z.array(z.unknown()) })

/**
 * Reads the policy's text. Nothing is ever less guarded because the file is broken: in the place of a rule that cannot be read stands the
 * one that asks for most people, for what the broken one was for; where that cannot be read either, for every change.
 */
export function readApprovalPolicy(text: string): ReadPolicy {
  const version = createHash('sha256').update(text).digest('hex').slice(0, 12)
  const broken = (mistakes: string[]): ReadPolicy => ({
    policy: { version, rules: [safestRule([], 'the approval policy cannot be read')] },
    mistakes,
  })
  const file = locateYaml(approvalPolicyPath, text)
  if (file.mistakes) return broken(file.mistakes)
  const shape = File.safeParse(file.value)
  if (!shape.success) return broken(saysIssues(file, shape.error.issues))
  const mistakes: string[] = []
  const read = shape.data.rules.map((value, index): PolicyRule | { when: PolicyRule['when'] } => {
    const rule = Rule.safeParse(value)
    if (rule.success) return rule.data as PolicyRule
    mistakes.push(...saysIssues(file, rule.error.issues, ['rules', index]))
    const when = When.safeParse((value as { when?: unknown } | null)?.when ?? {})
    return { when: (when.success ? when.data : {}) as PolicyRule['when'] }
  })
  const whole = read.filter((rule): rule is PolicyRule => 'stages' in rule)
  const rules = read.map((rule) =>
    'stages' in rule ? rule : safestRule(whole, 'a rule of the approval policy cannot be read', rule.when),
  )
  return { policy: { version, rules }, mistakes }
}

/**
 * The policy in force, read from the settings at every question. Where they do not answer, the one that was read last holds; before that
 * the rule that asks for most people.
 * @param report told of the mistakes of a file once, until it changes
 */
export const approvalPolicyOf = (
  settings: Pick<Settings, 'read'>,
  report: (mistakes: readonly string[]) => void,
): (() => Promise<ApprovalPolicy>) =>
  inForce(settings, {
    path: approvalPolicyPath,
    read(text) {
      const { policy, mistakes } = readApprovalPolicy(text)
      return { is: policy, mistakes }
    },
    absent: builtInPolicy,
    unread: { version: 'unread', rules: [safestRule([], 'the approval policy cannot be reached')] },
    report,
  })
