import type { Organisation } from '../organisation/model.js'
import { hubAppId, terminalAppId } from '../organisation/object-ids.js'
import { resourcesOf } from './registrations.js'
import type { Tokens } from './tokens.js'

/**
 * A person's token for the hub's API, as the terminal's client is given one when that person signs in.
 * @throws Error where the organisation has no such person
 */
export function hubToken(org: Organisation, tokens: Tokens, id: string): Promise<string> {
  const application = { id: terminalAppId(org), name: 'Nexus terminal', federated: [] }
  const resource = resourcesOf(org).find(({ audience }) => audience === hubAppId(org))
  const person = org.people.find((one) => one.id === id)
  if (!resource || !person) throw new Error(`Nobody can be given a token for the hub as ${id}.`)
  return tokens.access({ application, proof: '0', resource, tenant: org.tenant, person, permissions: ['.default'] })
}
