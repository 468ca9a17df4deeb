import type { Organisation } from '../organisation/model.js'
import { hubAppId, terminalAppId } from '../organisation/object-ids.js'
import { applicationsOf, resourcesOf } from './registrations.js'
import type { Tokens } from './tokens.js'

/**
 * A person's token for the hub's API, as the terminal's client is given one when that person signs in.
 * @throws Error where the organisation has no such person
 */
export function hubToken(org: Organisation, base: string, tokens: Tokens, id: string): Promise<string> {
  const application = applicationsOf(org, base).get(terminalAppId(org))
  const resource = resourcesOf(org).find(({ audience }) => audience === hubAppId(org))
  const person = org.people.find((one) => one.id === id)
  if (!application || !resource || !person) throw new Error(`Nobody can be given a token for the hub as ${id}.`)
  return tokens.access({ application, proof: '0', resource, tenant: org.tenant, person, permissions: ['.default'] })
}
