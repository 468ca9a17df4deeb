import { expect, test } from '@jest/globals'
import { decideOwner, type Evidence } from './decide-owner.js'

const says = (team: string, why: string): Evidence => ({ ref: { kind: 'Team', id: team }, team, source: 'x', why })

test('a declaration beats CODEOWNERS beats a tag beats the pager, whatever the order they came in', () => {
  const evidence = [
    says('payments', 'PagerDuty'),
    says('atlas', 'tag team'),
    says('identity', 'CODEOWNERS'),
    says('identity', 'catalog-info.yaml'),
  ]
  for (const order of [evidence, [...evidence].reverse()]) {
    const decided = decideOwner(order)!
    expect(decided.owner).toEqual(says('identity', 'catalog-info.yaml'))
    expect(decided.agree.map(({ why }) => why)).toEqual(['catalog-info.yaml', 'CODEOWNERS'])
    expect(decided.differ.map(({ team }) => team)).toEqual(['atlas', 'payments'])
  }
})

test('no evidence is no owner, and equals are decided by name', () => {
  expect(decideOwner([])).toBeUndefined()
  expect(decideOwner([says('b', 'tag team'), says('a', 'tag team')])!.owner.team).toBe('a')
})
