import { pathParts, type LinkReader } from '../../../skills/kit/link.js'
import type { Kind } from '../../../skills/kit/model.js'

/** What stands behind which page; PagerDuty's own id follows. */
const kindOf: Readonly<Record<string, Kind>> = {
  incidents: 'Incident',
  services: 'Service',
  'service-directory': 'Service',
  schedules: 'Schedule',
  users: 'Person',
}

/** Reads addresses of PagerDuty's pages, whose ids the catalog keeps beside the names that people use. */
export const pagerDutyLinks: LinkReader = {
  domains: ['*.pagerduty.com'],
  read(address) {
    const [page = '', id = ''] = pathParts(address) ?? []
    const kind = Object.hasOwn(kindOf, page) ? kindOf[page] : undefined
    return kind && /^\w{4,40}$/.test(id) ? [{ kinds: [kind], property: 'pagerDutyId', value: id }] : []
  },
}
