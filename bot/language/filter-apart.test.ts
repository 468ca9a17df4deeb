import { expect, test } from '@jest/globals'
import { choice, entity, filter, optional, range } from '../../skills/kit/arguments.js'
import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import { filterApart } from './filter-apart.js'

const args = {
  scope: optional(entity(['Team', 'Service'], 'of what')),
  which: optional(choice('which', ['open', 'past'])),
  range: optional(range('when')),
  filter: optional(
    filter(
      'which',
      ['Incident'],
      [
        { argument: 'scope', relation: 'affects' },
        { argument: 'scope', relation: 'ownedBy' },
        { argument: 'which', where: 'not state in (resolved, merged)', value: 'open' },
        { argument: 'range', when: 'opened' },
      ],
    ),
  ),
}
const now = '2026-11-18T09:00:00.000Z'
const apart = (text: string, given = {}) => filterApart(args, { ...given, filter: text }, builtInKinds, now)
const payments = { kind: 'Team', id: 'payments' }

test('what other arguments say becomes those', () => {
  expect(apart('Incident where not state in (resolved, merged) and ownedBy (Team where id = payments)')).toEqual({
    scope: payments,
    which: 'open',
  })
  expect(apart('Incident where opened >= "2026-09-30T22:00:00.000Z" and opened < "2026-10-31T23:00:00.000Z"')).toEqual({
    range: { from: '2026-09-30T22:00:00.000Z', to: '2026-10-31T23:00:00.000Z' },
  })
  expect(apart('Incident where opened within 1d')).toEqual({ range: { from: '2026-11-17T09:00:00.000Z', to: now } })
  expect(apart('Incident')).toEqual({})
})

test('what they cannot say stays a filter', () => {
  expect(apart('Incident where severity = sev1 and ownedBy (Team where id = payments)')).toEqual({
    scope: payments,
    filter: 'Incident where severity = sev1',
  })
  expect(apart('Incident where ownedBy (Team where partOf (Team where id = payments))')).toEqual({
    filter: 'Incident where ownedBy (Team where partOf (Team where id = payments))',
  })
  expect(apart('Incident where affects (Resource where id = x)')).toEqual({
    filter: 'Incident where affects (Resource where id = x)',
  })
})

test('two moments of a beginning, and an argument that is given, leave the filter as it is', () => {
  const two = 'Incident where opened within 1d and opened within 7d'
  expect(apart(two)).toEqual({ filter: two })
  const other = 'Incident where affects (Service where id = web)'
  expect(apart(other, { scope: payments })).toEqual({ scope: payments, filter: other })
})

test('what cannot be read stays as it was said', () => {
  expect(apart('incidents nobody knows how to read <')).toEqual({ filter: 'incidents nobody knows how to read <' })
})
