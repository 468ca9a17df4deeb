import { expect, test } from '@jest/globals'
import { approvalRule, builtInPolicy } from '../hub/change/approval-policy.js'
import { approvalPolicyOf, readApprovalPolicy } from './read-approval-policy.js'

const ruleFor = (text: string, environment?: string, risk: 'low' | 'medium' | 'high' = 'low', command = 'action.x') =>
  approvalRule(readApprovalPolicy(text).policy, command, { risk, team: 'web', ...(environment && { environment }) })

const good = `rules:
  - name: payments
    when: { team: web, command: action.sql.*, risk: [medium, high] }
    stages:
      - { role: team-lead, team: owner }
      - { people: [Lee@contoso.example, mei@contoso.example], need: 2 }
    expires: 60
`

test('the first rule that fits counts, and the built-in ones go on where none does', () => {
  expect(ruleFor(good, 'staging', 'high', 'action.sql.failover')).toEqual({
    rule: 'payments',
    stages: [
      { who: { role: 'team-lead', team: 'web' }, need: 1 },
      { who: { people: ['lee@contoso.example', 'mei@contoso.example'] }, need: 2 },
    ],
    expires: 60,
  })
  expect(ruleFor(good, 'staging')).toMatchObject({ rule: 'low risk outside production' })
  expect(readApprovalPolicy(good).mistakes).toEqual([])
})

test.each([
  ['staging', 'low', ['team-lead']],
  ['dev', 'low', ['team-lead']],
  [undefined, 'low', ['platform-engineer']],
  ['staging', 'medium', ['platform-engineer']],
  ['production', 'low', ['platform-engineer']],
  ['production', 'high', ['team-lead', 'platform-engineer']],
] as const)('built in: %s at %s risk takes %j', (environment, risk, roles) => {
  const { stages } = approvalRule(builtInPolicy, 'action.x', { risk, ...(environment && { environment }) })
  expect(stages.map(({ who }) => 'role' in who && who.role)).toEqual(roles)
})

test.each([
  ['rules:\n  - name: a\n    stages: [{ role: nobody }]\n', 'line 3: rules.0.stages.0'],
  ['rules:\n  - name: a\n    stages: []\n', 'line 3: rules.0.stages'],
  ['rules:\n  - name: a\n    when: { risk: huge }\n    stages: [{ role: admin }]\n', 'line 3: rules.0.when.risk'],
  ['rules:\n  - stages: [{ role: admin, need: 0 }]\n', 'line 2'],
  ['rules:\n  - name: a\n    stages: [{ people: [a@b.c], need: 2 }]\n', 'line 3'],
  ['rules:\n  - name: [\n', 'line '],
  ['rule: []\n', 'line 1'],
  ['rules: []\nextra: 1\n', 'line 2'],
  ['', 'line 1'],
  ['- a\n', 'line 1'],
])('a mistake is named with its line, and nothing is less guarded for it: %j', (text, mistake) => {
  const { mistakes } = readApprovalPolicy(text)
  expect(mistakes.join('\n')).toContain(mistake)
  expect(ruleFor(text, 'staging').stages).toHaveLength(2)
})

test('one broken rule is replaced where it stood, for what it was for, and the others hold', () => {
  const text = `rules:
  - name: broken
    when: { environment: staging }
    stages: [{ role: nobody }]
  - name: dev
    when: { environment: dev }
    stages: [{ role: developer }]
`
  expect(ruleFor(text, 'staging').stages).toHaveLength(2)
  expect(ruleFor(text, 'dev')).toMatchObject({ rule: 'dev' })
})

test('settings that do not answer leave the last policy in force, and before the first the safest', async () => {
  let text: string | undefined | Error = new Error('down')
  const reported: (readonly string[])[] = []
  const read = async () => {
    if (text instanceof Error) throw text
    return text
  }
  const policy = approvalPolicyOf({ read }, (mistakes) => reported.push(mistakes))
  expect((await policy()).rules[0]?.stages).toHaveLength(2)
  text = good
  expect((await policy()).rules[0]?.name).toBe('payments')
  text = new Error('down')
  expect((await policy()).rules[0]?.name).toBe('payments')
  text = 'rules: 3'
  await policy()
  await policy()
  expect(reported).toHaveLength(1)
  text = undefined
  expect(await policy()).toMatchObject({ version: 'built-in' })
})
