import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { appSecret, hubAppId } from '../../infra/local/organisation/object-ids.js'
import { pagerDutyId, pagerDutyToken } from '../../infra/local/pagerduty/ids.js'
import type { Product } from './start-product.js'

/** What vendors are told from outside Nexus: somebody else's hand in the portal. */
export interface Vendors {
  /** Sets tags of a resource by Azure Resource Manager. */
  tag(resource: string, tags: Record<string, string>): Promise<void>
  /** Gives somebody the pager of a schedule for the next two hours, in PagerDuty. */
  override(schedule: string, person: string): Promise<void>
}

/** The parts of a local tenant's organisation that its credentials are made of. */
const contoso = { domain: 'contoso.com' }

/** The vendors of a running product's local tenant. */
export function vendorsOf({ ports, data }: Pick<Product, 'ports' | 'data'>): Vendors {
  const profile = JSON.parse(readFileSync(join(data, 'terminal.json'), 'utf8')) as { tenant: string; caFile: string }
  const ca = readFileSync(profile.caFile)

  function send(method: string, path: string, headers: Record<string, string>, body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: 'localhost', port: ports.tenant, method, path, headers, ca }, (answer) => {
        const refused = (said: string) => new Error(`${method} ${path} answered ${answer.statusCode}: ${said}`)
        void text(answer).then((said) => (answer.statusCode! < 300 ? resolve(said) : reject(refused(said))))
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }

  async function azureToken(): Promise<string> {
    const client = hubAppId(contoso)
    const grant = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client,
      client_secret: appSecret(client),
      scope: 'https://management.azure.com/.default',
    })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const said = await send('POST', `/${profile.tenant}/oauth2/v2.0/token`, headers, grant.toString())
    return (JSON.parse(said) as { access_token: string }).access_token
  }

  return {
    async tag(resource, tags) {
      const headers = { authorization: `Bearer ${await azureToken()}`, 'content-type': 'application/json' }
      await send('PATCH', `/arm${resource}?api-version=2024-01-01`, headers, JSON.stringify({ tags }))
    },
    async override(schedule, person) {
      const hour = 3_600_000
      const user = { id: pagerDutyId('user', person), type: 'user_reference' }
      const [start, end] = [-hour, 2 * hour].map((away) => new Date(Date.now() + away).toISOString())
      const headers = {
        authorization: `Token token=${pagerDutyToken(contoso)}`,
        accept: 'application/vnd.pagerduty+json;version=2',
        'content-type': 'application/json',
      }
      const path = `/pagerduty/schedules/${pagerDutyId('schedule', schedule)}/overrides`
      await send('POST', path, headers, JSON.stringify({ override: { start, end, user } }))
    },
  }
}
