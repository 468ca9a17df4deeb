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
    ['services of team atlas', 'Service where ownedBy (Team where id = atlas)'],
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
  ])('%s', (words, filter) => expect(readQuestion(words, { kinds: builtInKinds, names })).toBe(filter)) // prettier-ignore
})

test('the filter language itself goes through as it is', () => {
  expect(readQuestion('service where TIER >= high', { kinds: builtInKinds, names })).toBe('Service where tier >= high')
  expect(readQuestion('service where teir >= high', { kinds: builtInKinds, names })).toBeUndefined()
})

describe('words as people use them for things', () => {
  test.each<[words: string, filter: string | undefined]>([
    ['resources w/o team tag', 'Resource where tags.team missing'],
    ['staging resources missing cost-center tag', 'Resource where environment = staging and tags.cost-center missing'],
    ['resoruces wihtout a bakcup', 'Resource where backup missing'],
    ['every public ip we have', 'Resource where type = "microsoft.network/publicipaddresses"'],
    ['storage accounts still allowing tls < 1.2', 'Resource where type = "microsoft.storage/storageaccounts" and minimumTls < "1.2"'],
    ['services with a direct dependency on payments', 'Service where dependsOn (Service where id = payments-api)'],
    ['services that depend on payments directly', 'Service where dependsOn (Service where id = payments-api)'],
    ['what repositories does atlas have', 'Repository where ownedBy (Team where id = atlas)'],
    ["team atlas's services", 'Service where ownedBy (Team where id = atlas)'],
    ['resources costing more than 2,000 euros this month', 'Resource where cost > 2000'],
    ['dev resources that cost us more than 500 eur/month', 'Resource where environment = dev and cost > 500'],
    ['everything in northeurope', 'Resource where region = northeurope'],
    ['anything with last backup older than 10 days', 'Resource where backup older than 10d'],
    ['all keyvualts in prod', 'Resource where type = "microsoft.keyvault/vaults" and environment = production'],
    ['passkeys', undefined],
    ['documents about Black Week', undefined],
    ['anything with noeviction', undefined],
  ])('%s', (words, filter) => expect(readQuestion(words, { kinds: builtInKinds, names })).toBe(filter)) // prettier-ignore
})

test('of one kind a condition is enough, and what asks for another kind is none', () => {
  const of = { kinds: builtInKinds, names }
  expect(readQuestion('severity = sev1', of, { kinds: ['Incident'] })).toBe('Incident where severity = sev1')
  expect(readQuestion('sev 1 incidents', of, { kinds: ['Incident'] })).toBe('Incident where severity = sev1')
  expect(readQuestion('services with open incidents', of, { kinds: ['Incident'] })).toBeUndefined()
  expect(readQuestion('severity = sev1', of)).toBeUndefined()
})
