import { expect, test } from '@jest/globals'
import { environmentAliases, environmentName, environmentRef } from './environment-names.js'

test.each([
  ['prd', 'production'],
  ['Production', 'production'],
  ['STG', 'staging'],
  ['development', 'dev'],
  ['Drill Hall', 'drill-hall'],
])('%s is called %s', (name, usual) => expect(environmentName(name)).toBe(usual))

test('an environment is one, however it is written', () => {
  expect(environmentRef('prd')).toEqual(environmentRef('Production'))
})

test('an environment is known by its other names', () => {
  expect(environmentAliases('stg')).toEqual(['staging', 'stage', 'preprod', 'pre-production'])
  expect(environmentAliases('Drill Hall')).toEqual([])
})
