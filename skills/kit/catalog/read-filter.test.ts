import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { canonicalFilter } from './canonical-filter.js'
import { checkFilter } from './check-filter.js'
import { FilterFault } from './filter-fault.js'
import { printFilter } from './print-filter.js'
import { readFilter } from './read-filter.js'
import { declaredKinds } from './testing/declared-kinds.js'
import { filters } from './testing/filters.js'

describe('a filter that makes sense is spelled as its kinds are declared', () => {
  test.each<[text: string, spelled: string]>([
    ['services where TIER >= High', 'Service where tier >= high'],
    ['"azure resource" where Environment = PRODUCTION', 'Resource where environment = production'],
    ['app', 'Service'],
    ['Resource where lastBackup < 2026-11-01', 'Resource where lastBackup < "2026-11-01T00:00:00.000Z"'],
    ['Resource where lastBackup > 2026-11-01T08:30', 'Resource where lastBackup > "2026-11-01T08:30:00.000Z"'],
    ['Resource where lastBackup > 2026-11-01T08:30+01:00', 'Resource where lastBackup > "2026-11-01T07:30:00.000Z"'],
    ['Resource where tags.costcenter = 4711', 'Resource where tags.costcenter = "4711"'],
    ['Resource where tags.critical = true', 'Resource where tags.critical = "true"'],
    ['Resource where type = 5', 'Resource where type = "5"'],
    ['Resource where cost > 1.50', 'Resource where cost > 1.5'],
    ['Resource where not lastBackup within 7d', 'Resource where not lastBackup within 7d'],
    ['environment = test', 'environment = test'],
    ['tier = unheard-of', 'tier = unheard-of'],
    ['name contains 5', 'name contains "5"'],
    ['source = github', 'source = github'],
    ['Resource where partOf (ownedBy (name = atlas))', 'Resource where partOf (ownedBy (name = atlas))'],
    ['Resource where partOf (tier >= high)', 'Resource where partOf (tier >= high)'],
    ['Service where dependsOn+ (cost > 5)', 'Service where dependsOn+ (cost > 5)'],
    ['Team where owns (tier = low or environment = x)', 'Team where owns (tier = low or environment = x)'],
    ['(Service where tier = low) or (Resource where cost > 1)', '(Service where tier = low) or (Resource where cost > 1)'],
    ['Service where Team and name = x', 'Service where Team and name = x'],
  ])('%s', (text, spelled) => {
    expect(printFilter(readFilter(text, declaredKinds))).toBe(spelled)
  }) // prettier-ignore
})

describe('what makes no sense is pointed at, with what there is', () => {
  test.each<[text: string, wanted: RegExp]>([
    ['Servise', /^At “Servise” \(character 1\): there is no such kind\. Did you mean Service\? Kinds are Service, Resource, Team, Person\./],
    ['Lorry', /there is no such kind\. Kinds are/],
    ['environment', /“environment” \(character 1\): there is no such kind\. environment is a property: compare it, such as environment = x\./],
    ['Resource where enviroment = production', /^At “enviroment” \(character 16\): Resource has no such property\. Did you mean environment\? Resource has type, environment, lastBackup, cost, public, name, id, kind, source, tags\.…\./],
    ['Resource where backup within 7d', /“backup” \(character 16\): Resource has no such property\. Did you mean lastBackup\?/],
    ['Service where cost > 5', /“cost” \(character 15\): Service has no such property\./],
    ['cots > 5', /“cots” \(character 1\): no kind has such a property\. Did you mean cost\? There are tier,/],
    ['Resource where type < x', /“type” \(character 16\): type is text\. < is asked of numbers, moments, one of an order\./],
    ['Resource where cost within 7d', /“cost” \(character 16\): cost is a number\. within and older than are asked of moments\./],
    ['Resource where cost contains 5', /cost is a number\. contains is asked of text/],
    ['Resource where cost > much', /“much” \(character 23\): cost is a number\. Compare it with a number/],
    ['Resource where public = yes', /“yes” \(character 25\): public is true or false\. Compare it with true or false\./],
    ['Resource where lastBackup = yesterday', /“yesterday” .*lastBackup is a moment\. Compare it with a day or a moment in ISO 8601/],
    ['Resource where lastBackup > 2026-02-30', /“2026-02-30” .*lastBackup is a moment/],
    ['Resource where lastBackup in (2026-02-01, x)', /“x” \(character 43\): lastBackup is a moment/],
    ['Service where tier > hihg', /“hihg” \(character 22\): tier has no such value\. Did you mean high\? From least to most: low, medium, high, critical\./],
    ['Person where phone = 1', /“phone” \(character 14\): this is personal/],
    ['Resource where tags = x', /“tags” \(character 16\): this has values by name\. Say which one, such as tags\.team\./],
    ['Team where partOf (Service)', /“partOf” \(character 12\): Team has no such relation\. Team has owns, hasMember, leadBy\./],
    ['Resource where partOf (cost > 5)', /“cost” \(character 24\): Service has no such property/],
    ['Service where DependsOn+ (leadBy (Person))', /“leadBy” .*Service or Resource has no such relation/],
  ])('%s', (text, wanted) => expect(faultOf(text)).toMatch(wanted)) // prettier-ignore
})

test('any filter is checked, and what is left of it is canonical and passes again', () => {
  let passed = 0
  fc.assert(
    fc.property(filters(), (filter) => {
      try {
        const checked = checkFilter(filter, declaredKinds)
        expect(canonicalFilter(checked)).toEqual(checked)
        expect(checkFilter(checked, declaredKinds)).toEqual(checked)
        passed++
      } catch (error) {
        if (!(error instanceof FilterFault)) throw error
        expect(error.at).toBeUndefined()
      }
    }),
  )
  expect(passed).toBeGreaterThan(0)
})

function faultOf(text: string): string {
  try {
    readFilter(text, declaredKinds)
  } catch (error) {
    if (error instanceof FilterFault) return `${error.message} ${error.wayOn ?? ''}`
    throw error
  }
  throw new Error(`“${text}” is read without a fault`)
}
