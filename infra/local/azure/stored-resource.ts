import { numberOf } from '../frame/ids.js'
import type { StoredResource } from './state.js'

const day = 86_400_000

/** Why a resource is not available, where the organisation says only that it is not. */
const healthSummaries: Record<string, string> = {
  Available: 'There are no known Azure platform problems affecting this resource.',
  Degraded: 'The resource answers, but more slowly than usual or with errors.',
  Unavailable: 'The resource does not answer requests.',
  Unknown: 'The health of the resource could not be determined.',
}

/** The stored form of a resource, made some weeks or months before now (the same at every seeding of one day). */
export function storedResource(resource: StoredResource['resource'], now: Date, health = 'Available'): StoredResource {
  const created = new Date(now.getTime() - (20 + (numberOf(resource.id) % 500)) * day).toISOString()
  const availability = healthSummaries[health] ? health : 'Unknown'
  return {
    resource,
    hidden: {},
    health: {
      availabilityState: availability,
      summary: healthSummaries[availability] ?? '',
      reasonType: availability === 'Available' ? '' : 'Unplanned',
      occurredTime: availability === 'Available' ? created : new Date(now.getTime() - 37 * 60_000).toISOString(),
    },
    created,
    changed: created,
  }
}
