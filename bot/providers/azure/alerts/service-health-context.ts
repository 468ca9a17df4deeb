import type { Severity } from '../../../../skills/kit/alert.js'
import { parseFields, type Fields } from '../../../fields.js'
import { plain } from './essentials.js'
import type { ReadContext } from './alert-context.js'

/** Stages in which a trouble of Azure's own, or its maintenance, is over. */
const over = new Set(['resolved', 'complete', 'completed', 'canceled', 'cancelled', 'rca'])

/** How bad each kind of event is; a planned maintenance is worth knowing. */
const severities: Record<string, Severity> = {
  incident: 1,
  security: 2,
  actionrequired: 2,
  maintenance: 3,
  informational: 3,
}

/**
 * Service health: Azure tells of its own trouble. Each update is an alert of its own that is "fired", the end too: what goes on is the
 * tracking id, and how it stands is the stage.
 */
export const readServiceHealthContext: ReadContext = (context, essentials) => {
  const properties = context.object('properties')
  const tracking = properties.text('trackingId')
  const stage = plain(properties.text('stage') ?? context.text('status'))
  const title = properties.text('defaultLanguageTitle') ?? properties.text('title')
  const text = withoutMarkup(
    properties.text('defaultLanguageContent', 4_000) ?? properties.text('communication', 4_000),
  )
  const services = impactedServices(properties)
  const severity = severities[plain(properties.text('incidentType'))]
  const at = context.instant('eventTimestamp')
  return {
    ...(title && { title }),
    ...(text && { description: text }),
    ...(services.length && { dimensions: { services: services.join(', ') } }),
    ...(tracking && { occurrence: `service-health/${tracking}`, part: tracking }),
    status: essentials.status === 'resolved' || over.has(stage) ? 'resolved' : 'fired',
    ...(severity !== undefined && { severity }),
    ...(at && { at }),
  }
}

/** Azure's services that are impacted, with regions: a list of objects, or the same list as JSON in a text. */
function impactedServices(properties: Fields): string[] {
  const listed = properties.objects('impactedServices')
  const services = listed.length ? listed : parsedList(properties)
  return services.flatMap((service) => {
    const name = service.text('ServiceName') ?? service.text('serviceName')
    const regions = service.objects('ImpactedRegions').flatMap((region) => region.text('RegionName') ?? [])
    return name ? [regions.length ? `${name} (${regions.join(', ')})` : name] : []
  })
}

function parsedList(properties: Fields): Fields[] {
  const text = properties.text('impactedServices', 20_000)
  const parsed = text && parseFields(`{"list":${text}}`)
  return parsed ? parsed.objects('list') : []
}

const withoutMarkup = (html: string | undefined): string | undefined =>
  html
    ?.replace(/<[^>]*>?/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 1_000) || undefined
