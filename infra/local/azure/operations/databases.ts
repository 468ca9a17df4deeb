import { actions, slow } from './model.js'
import type { TypeOperations } from './model.js'

const sql = ['2025-01-01', '2023-08-01', '2022-05-01-preview', '2021-11-01']
const postgres = ['2025-08-01', '2024-08-01', '2023-12-01-preview', '2022-12-01']
const mysql = ['2024-12-30', '2023-12-30', '2021-05-01']
const cosmos = ['2025-10-15', '2025-04-15', '2024-11-15', '2024-08-15', '2024-05-15', '2023-11-15']

/** SQL, PostgreSQL, MySQL, Cosmos DB and Redis. */
export const databases: TypeOperations[] = [
  { type: 'Microsoft.Sql/servers', versions: sql, ...slow, accepted: 202 },
  {
    type: 'Microsoft.Sql/servers/databases',
    versions: sql,
    ...slow,
    accepted: 202,
    actions: {
      ...actions('operation', 'failover pause resume', { seconds: 8 }),
      export: {
        style: 'operation',
        required: ['storageKeyType', 'storageKey', 'storageUri', 'administratorLogin'],
        seconds: 20,
      },
    },
  },
  {
    type: 'Microsoft.Sql/servers/databases/transparentDataEncryption',
    versions: sql,
    put: 'operation',
    accepted: 202,
    proxy: true,
    required: ['properties.state'],
  },
  { type: 'Microsoft.Sql/servers/databases/replicationLinks', versions: sql, delete: 'operation', proxy: true },
  {
    type: 'Microsoft.Sql/servers/failoverGroups',
    versions: sql,
    ...slow,
    accepted: 202,
    proxy: true,
    required: ['properties.readWriteEndpoint', 'properties.partnerServers'],
    actions: actions('operation', 'failover forceFailoverAllowDataLoss tryPlannedBeforeForcedFailover', {
      seconds: 10,
    }),
  },
  {
    type: 'Microsoft.Sql/servers/firewallRules',
    versions: sql,
    put: 'sync',
    delete: 'sync',
    proxy: true,
    required: ['properties.startIpAddress', 'properties.endIpAddress'],
  },
  { type: 'Microsoft.Sql/servers/elasticPools', versions: sql, ...slow, accepted: 202 },
  {
    type: 'Microsoft.DBforPostgreSQL/flexibleServers',
    versions: postgres,
    ...slow,
    accepted: 202,
    actions: actions('operation', 'restart start stop', { seconds: 10 }),
  },
  {
    type: 'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules',
    versions: postgres,
    put: 'operation',
    delete: 'operation',
    accepted: 202,
    proxy: true,
    required: ['properties.startIpAddress', 'properties.endIpAddress'],
  },
  {
    type: 'Microsoft.DBforPostgreSQL/flexibleServers/configurations',
    versions: postgres,
    put: 'operation',
    patch: 'operation',
    accepted: 202,
    proxy: true,
  },
  {
    type: 'Microsoft.DBforPostgreSQL/flexibleServers/backups',
    versions: postgres,
    put: 'operation',
    delete: 'operation',
    accepted: 202,
    proxy: true,
  },
  {
    type: 'Microsoft.DBforMySQL/flexibleServers',
    versions: mysql,
    ...slow,
    accepted: 202,
    actions: actions('operation', 'restart start stop failover', { seconds: 10 }),
  },
  {
    type: 'Microsoft.DocumentDB/databaseAccounts',
    versions: cosmos,
    ...slow,
    accepted: 202,
    required: ['properties.locations', 'properties.databaseAccountOfferType'],
    actions: {
      ...actions('sync', 'listKeys readonlykeys listConnectionStrings'),
      regenerateKey: { style: 'operation', required: ['keyKind'], seconds: 5 },
      failoverPriorityChange: { style: 'operation', required: ['failoverPolicies'], seconds: 10 },
    },
  },
  {
    type: 'Microsoft.Cache/redis',
    versions: ['2024-11-01', '2024-03-01', '2023-08-01', '2022-06-01'],
    put: 'state',
    patch: 'state',
    delete: 'operation',
    required: ['properties.sku'],
    actions: {
      ...actions('sync', 'listKeys'),
      regenerateKey: { style: 'sync', required: ['keyType'] },
      forceReboot: { style: 'sync', required: ['rebootType'] },
      ...actions('operation', 'flush', { seconds: 5 }),
    },
  },
]
