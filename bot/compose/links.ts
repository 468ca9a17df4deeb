import type { LinkReader, LinkTarget } from '../../skills/kit/link.js'
import type { Config } from '../config.js'
import { ownLinks } from '../own-links.js'
import { azureDevOpsLinks } from '../providers/azure-devops/read-link.js'
import { azureLinks } from '../providers/azure/read-link.js'
import { gitHubHost, gitHubLinks } from '../providers/github/read-link.js'
import { pagerDutyLinks } from '../providers/pagerduty/read-link.js'

/** The variables that say whose addresses Nexus knows; the hub and the app's manifest read the same ones. */
export type LinkVariables = Partial<
  Pick<
    Config,
    | 'NEXUS_DOMAIN'
    | 'NEXUS_ARM_ENDPOINT'
    | 'NEXUS_GITHUB_ENDPOINT'
    | 'NEXUS_GITHUB_ORGANISATION'
    | 'NEXUS_AZURE_DEVOPS_ORGANISATION'
    | 'NEXUS_PAGERDUTY_TOKEN'
  >
>

/** Longest address that is looked at, in characters. */
const longest = 2_000

const readersOf = (variables: LinkVariables): LinkReader[] => [
  ...(variables.NEXUS_DOMAIN ? [ownLinks(variables.NEXUS_DOMAIN)] : []),
  ...(variables.NEXUS_GITHUB_ORGANISATION ? [gitHubLinks(gitHubHost(variables.NEXUS_GITHUB_ENDPOINT))] : []),
  azureLinks(variables.NEXUS_ARM_ENDPOINT),
  ...(variables.NEXUS_AZURE_DEVOPS_ORGANISATION ? [azureDevOpsLinks(variables.NEXUS_AZURE_DEVOPS_ORGANISATION)] : []),
  ...(variables.NEXUS_PAGERDUTY_TOKEN ? [pagerDutyLinks] : []),
]

/** The hosts about whose addresses Teams is to ask Nexus, each once. */
export const linkDomains = (variables: LinkVariables): string[] => [
  ...new Set(readersOf(variables).flatMap(({ domains }) => domains)),
]

/** Reads an address as far as one of the vendors' is; of any other, and of what is no https address, nothing is known. */
export function readLinks(variables: LinkVariables): (link: string) => LinkTarget[] {
  const readers = readersOf(variables)
  return (link) => {
    if (link.length > longest || !URL.canParse(link)) return []
    const address = new URL(link)
    if (address.protocol !== 'https:') return []
    const reader = readers.find(({ domains }) => domains.some((domain) => covers(domain, address.hostname)))
    return reader?.read(address) ?? []
  }
}

/** Microsoft, "Add link unfurling": a wildcard stands for exactly one label. */
function covers(domain: string, host: string): boolean {
  const labels = domain.split('.')
  const named = host.split('.')
  return labels.length === named.length && labels.every((label, index) => label === '*' || label === named[index])
}
