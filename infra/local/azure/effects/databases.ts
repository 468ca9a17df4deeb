import { ArmRefusal } from '../refusals.js'
import { objectAt, objectsAt } from '../json.js'
import type { Effect, EffectContext, Effects } from './effect.js'

const postgres = 'microsoft.dbforpostgresql/flexibleservers'
const mysql = 'microsoft.dbformysql/flexibleservers'
const sql = 'microsoft.sql/servers'

const setProperty = (name: string, value: string): Effect => ({
  finish: ({ stored }) => void (stored.resource.properties[name] = value),
})

/** A stopped server cannot be restarted; a fail-over swaps the zones of primary and standby. */
const restartServer: Effect = {
  begin: ({ stored, body }) => {
    const { state, highAvailability } = stored.resource.properties
    if (state === 'Stopped')
      throw new ArmRefusal(409, 'ServerIsNotReady', `Server '${stored.resource.name}' is stopped. Start it first.`)
    const mode = objectAt({ highAvailability }, 'highAvailability')['mode']
    if (body['restartWithFailover'] === true && (!mode || mode === 'Disabled'))
      throw new ArmRefusal(400, 'HANotEnabled', `High availability is not enabled on server '${stored.resource.name}'.`)
    stored.resource.properties['state'] = 'Updating'
  },
  finish: ({ stored, body, now }) => {
    const { properties } = stored.resource
    properties['state'] = 'Ready'
    stored.hidden['lastRestart'] = now.toISOString()
    if (body['restartWithFailover'] !== true) return
    const high = objectAt(properties, 'highAvailability')
    const zone = properties['availabilityZone'] ?? '1'
    properties['availabilityZone'] = high['standbyAvailabilityZone'] ?? '2'
    properties['highAvailability'] = { ...high, standbyAvailabilityZone: zone, state: 'Healthy' }
  },
}

const failedOver: Effect = {
  finish: ({ stored, now }) => void (stored.resource.properties['lastFailoverTime'] = now.toISOString()),
}

/** The server called becomes the primary, its partner the secondary. */
const failoverGroup: Effect = {
  begin: ({ stored }) => {
    if (stored.resource.properties['replicationRole'] === 'Primary')
      throw new ArmRefusal(
        409,
        'FailoverGroupAlreadyPrimary',
        `The server of failover group '${stored.resource.name}' is the primary already.`,
      )
  },
  finish: (context) => {
    const { stored, store, caller, operation } = context
    for (const partner of partners(context)) {
      store.write(partner, caller, operation, () => void (partner.resource.properties['replicationRole'] = 'Secondary'))
    }
    stored.resource.properties['replicationRole'] = 'Primary'
  },
}

/** The same failover group, as its partner servers show it. */
const partners = ({ stored, store }: EffectContext) =>
  objectsAt(stored.resource.properties, 'partnerServers').flatMap(({ id }) => {
    const partner = store.find(`${String(id)}/failoverGroups/${stored.resource.name}`)
    return partner ? [partner] : []
  })

const exported: Effect = {
  finish: ({ stored, body, now }) => ({
    id: stored.resource.id,
    name: 'ExportDatabase',
    properties: {
      requestType: 'ExportDatabase',
      status: 'Completed',
      blobUri: body['storageUri'],
      databaseName: stored.resource.name,
      lastModifiedTime: now.toISOString(),
    },
  }),
}

/** SQL shows the objective of the SKU a database has. */
const rescaled: Effect = {
  finish: ({ stored }) => {
    const name = stored.resource.sku?.['name']
    if (name === undefined) return
    stored.resource.properties['currentServiceObjectiveName'] = name
    stored.resource.properties['requestedServiceObjectiveName'] = name
    stored.resource.properties['status'] = 'Online'
  },
}

const servers: Effects = Object.fromEntries(
  [postgres, mysql].flatMap((type) => [
    [`${type}/restart`, restartServer],
    [`${type}/start`, setProperty('state', 'Ready')],
    [`${type}/stop`, setProperty('state', 'Stopped')],
  ]),
)

/** SQL, PostgreSQL, MySQL. */
export const databaseEffects: Effects = {
  ...servers,
  [`${sql}/databases/failover`]: failedOver,
  [`${sql}/databases/pause`]: setProperty('status', 'Paused'),
  [`${sql}/databases/resume`]: setProperty('status', 'Online'),
  [`${sql}/databases/export`]: exported,
  [`${sql}/databases#put`]: rescaled,
  [`${sql}/databases#patch`]: rescaled,
  [`${sql}/failovergroups/failover`]: failoverGroup,
  [`${sql}/failovergroups/forcefailoverallowdataloss`]: failoverGroup,
  [`${sql}/failovergroups/tryplannedbeforeforcedfailover`]: failoverGroup,
}
