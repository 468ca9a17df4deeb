import { fieldsOf } from '../../../fields.js'
import { subscriptionOf } from '../resource-graph/arm-ids.js'
import { ArmRefused, type ArmReader } from './arm-reader.js'
import { touchedBy } from './touched-id.js'

/** Writes and deletions of what the catalog has of a service: nobody's card says more for a new user or a listed key. */
const counts =
  /^microsoft\.apimanagement\/service(\/(apis|products|tags|backends|apiversionsets)(\/.*)?)?\/(write|delete)$/i

/**
 * What the activity log says was written of some API Management services in a time ("Activity Logs - List").
 * @param services ARM ids in lower case
 * @param within ISO moments
 * @returns ARM ids of APIs and of services, each once
 */
export async function readTouched(
  arm: ArmReader,
  services: readonly string[],
  within: { from: string; to: string },
  signal: AbortSignal,
): Promise<string[]> {
  const touched = new Set<string>()
  const query = {
    'api-version': '2015-04-01',
    $filter: `eventTimestamp ge '${within.from}' and eventTimestamp le '${within.to}' and resourceProvider eq 'Microsoft.ApiManagement'`,
    $select: 'operationName,resourceId',
  }
  for (const subscription of new Set(services.flatMap((id) => subscriptionOf(id) ?? []))) {
    const path = `/subscriptions/${subscription}/providers/Microsoft.Insights/eventtypes/management/values`
    try {
      for await (const rows of arm.pages(path, query, signal))
        for (const row of rows) {
          const fields = fieldsOf(row)
          const id = touchedBy(fields.text('resourceId', 2_049) ?? '')
          if (id && counts.test(fields.object('operationName').text('value') ?? '')) touched.add(id)
        }
    } catch (error) {
      // Whose log is closed to Nexus is still told of by events and sweeps.
      if (!(error instanceof ArmRefused)) throw error
    }
  }
  return [...touched]
}
