import { describe, expect, test } from '@jest/globals'
import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import { createNameIndex } from './name-index.js'
import { readQuestion } from './read-question.js'

const named = (kind: string, id: string, ...aliases: string[]) => ({ kind, id, name: id, aliases })
const names = createNameIndex([
  named('Team', 'atlas'),
  named('Service', 'payments-api', 'payments'),
  named('Service', 'orders-api'),
  named('Environment', 'production'),
  named('Person', 'dana'),
])
const databases =
  'type in ("microsoft.sql/servers/databases", "microsoft.sql/managedinstances/databases", "microsoft.documentdb/databaseaccounts", "microsoft.dbforpostgresql/flexibleservers", "microsoft.dbformysql/flexibleservers")'

describe('plain words', () => {
  test.each<[words: string, filter: string | undefined]>([
    ['production databases not backed up in 7 days', `Resource where ${databases} and environment = production and not backup within 7d`],
    ['databases of services owned by atlas without a backup in 7 days', `Resource where ${databases} and partOf (Service where ownedBy (Team where id = atlas)) and not backup within 7d`],
    ['databases', `Resource where ${databases}`],
    ['Services', 'Service'],
    ['critical services owned by atlas', 'Service where tier = critical and ownedBy (Team where id = atlas)'],
    ['services of team atlas', undefined],
    ['resources of payments', 'Resource where partOf (Service where id = payments-api)'],
    ['virtual machines in production', 'Resource where type = "microsoft.compute/virtualmachines" and environment = production'],
    ['stopped vms in staging', 'Resource where type = "microsoft.compute/virtualmachines" and power = stopped and environment = staging'],
    ['databases without a backup', `Resource where ${databases} and backup missing`],
    ['databases with a backup in the last week', `Resource where ${databases} and backup within 7d`],
    ['databases backed up within 2 hours', `Resource where ${databases} and backup within 2h`],
    ['resources not in production', 'Resource where not environment = production'],
    ['services without an owner', 'Service where not (ownedBy (everything) or partOf+ (ownedBy (everything)) or builtFrom (ownedBy (everything)) or partOf+ (builtFrom (ownedBy (everything))) or runsIn (ownedBy (everything)) or partOf+ (runsIn (ownedBy (everything))))'],
    ['apis without an owner', 'Api where not (ownedBy (everything) or partOf+ (ownedBy (everything)) or partOf+ (builtFrom (ownedBy (everything))) or partOf+ (runsIn (ownedBy (everything))))'],
    ['unowned services', 'Service where not (ownedBy (everything) or partOf+ (ownedBy (everything)) or builtFrom (ownedBy (everything)) or partOf+ (builtFrom (ownedBy (everything))) or runsIn (ownedBy (everything)) or partOf+ (runsIn (ownedBy (everything))))'],
    ['disputed repositories', 'Repository where ownedBy at least 2 (everything)'],
    ['disputed ownership', '(Service, Resource, Pipeline, Repository, Api, AlertRule or (Package where (builtFrom (everything) or not feed missing))) and ownedBy at least 2 (everything)'],
    ['unowned disputed', undefined],
    ['unowned elephants', undefined],
    ['exposed databases in production that are not backed up in a month', `Resource where ${databases} and public = true and environment = production and not backup within 30d`],
    ['services with purple elephants', undefined],
    ['purple databases', undefined],
    ['services owned by nobody-there', undefined],
    ['hello', undefined],
    ['', undefined],
    ['nothing', undefined],
    ['everything', undefined],
  ])('%s', (words, filter) => expect(readQuestion(words, builtInKinds, names)).toBe(filter)) // prettier-ignore
})

test('the filter language itself goes through as it is', () => {
  expect(readQuestion('service where TIER >= high', builtInKinds, names)).toBe('Service where tier >= high')
  expect(readQuestion('service where teir >= high', builtInKinds, names)).toBeUndefined()
})
