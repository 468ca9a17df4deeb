import { kinds } from '../skills/kit/model.js'
import { pathParts, type LinkReader } from '../skills/kit/link.js'

/**
 * Reads Nexus's own addresses: `https://nexus.contoso.com/open/incident/inc-131`, `…/open/proposal/PR-2041`, and so of every built-in kind.
 * @param domain host that the hub answers on
 */
export const ownLinks = (domain: string): LinkReader => ({
  domains: [domain],
  read(address) {
    const [open, kind = '', ...id] = pathParts(address) ?? []
    const known = kinds.find((one) => one.toLowerCase() === kind.toLowerCase())
    const name = id.join('/')
    if (open !== 'open' || !known || !name) return []
    return [...new Set([name, name.toLowerCase(), name.toUpperCase()])].map((one) => ({ kind: known, id: one }))
  },
})
