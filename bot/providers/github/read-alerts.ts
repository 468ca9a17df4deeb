import type { Json } from '../../../skills/kit/model.js'
import { packageRef } from './github-ids.js'
import type { Reading } from './reading.js'
import { features } from './unread.js'

/** From the least to the worst, as GitHub's advisories have them. */
const severities = ['low', 'medium', 'high', 'critical'] as const
type Severity = (typeof severities)[number]

/** An open alert of a package that is vulnerable. */
export interface Advisory {
  /** Catalog id of the package. */
  package: string
  /** `CVE-2021-44228`, else GitHub's own number. */
  id: string
  severity: Severity | undefined
  /** The version that has it no more. */
  fixedIn?: string
}

/** What is open of one repository. */
export interface Findings {
  advisories: Advisory[]
  code: number
  secrets: number
}

/** The open alerts of an organisation, or of one of its repositories. */
export interface Alerts {
  /** @param repository its name; undefined where alerts cannot be read at all */
  of(repository: string): Partial<Findings>
  /** All advisories of a package. */
  ofPackage(id: string): Advisory[]
}

/** As much of any alert as is read; of a repository's own list it names no repository. */
interface Alert {
  number?: number
  repository?: { name: string }
}

interface VulnerabilityAlert extends Alert {
  dependency: { package?: { ecosystem: string; name: string } }
  security_advisory: { ghsa_id: string; cve_id: string | null }
  security_vulnerability: { severity: string; first_patched_version: { identifier: string } | null }
}

/**
 * Reads what is open of Dependabot, code scanning and secret scanning: of the whole organisation in three lists, or of one repository.
 * A secret's own text is never asked for.
 */
export async function readAlerts(reading: Reading, repo?: string): Promise<Alerts> {
  const { octokit, org, request, unread } = reading
  const { dependabot, codeScanning, secretScanning } = octokit.rest
  const [whole, one] = [
    { org, state: 'open' as const, per_page: 100, request },
    { owner: org, repo: repo ?? '', state: 'open' as const, per_page: 100, request },
  ]
  const place = repo ?? org
  const vulnerable: VulnerabilityAlert[] | undefined = await unread.try(features.vulnerabilities, place, () =>
    repo ? octokit.paginate(dependabot.listAlertsForRepo, one) : octokit.paginate(dependabot.listAlertsForOrg, whole),
  )
  const code: Alert[] | undefined = await unread.try(features.code, place, () =>
    repo
      ? octokit.paginate(codeScanning.listAlertsForRepo, one)
      : octokit.paginate(codeScanning.listAlertsForOrg, whole),
  )
  const secrets: Alert[] | undefined = await unread.try(features.secrets, place, () =>
    repo
      ? octokit.paginate(secretScanning.listAlertsForRepo, { ...one, hide_secret: true })
      : octokit.paginate(secretScanning.listAlertsForOrg, { ...whole, hide_secret: true }),
  )
  const isOf = (name: string) => (alert: Alert) => (alert.repository?.name ?? repo) === name
  return {
    of: (name) => ({
      ...(vulnerable && { advisories: vulnerable.filter(isOf(name)).flatMap(advisoryOf) }),
      ...(code && { code: code.filter(isOf(name)).length }),
      ...(secrets && { secrets: secrets.filter(isOf(name)).length }),
    }),
    ofPackage: (id) => (vulnerable ?? []).flatMap(advisoryOf).filter((advisory) => advisory.package === id),
  }
}

function advisoryOf({ dependency, security_advisory, security_vulnerability }: VulnerabilityAlert): Advisory[] {
  const named = dependency.package
  if (!named) return []
  const fixedIn = security_vulnerability.first_patched_version?.identifier
  return [
    {
      package: packageRef(named.ecosystem, named.name).id,
      id: security_advisory.cve_id ?? security_advisory.ghsa_id,
      severity: severities.find((one) => one === security_vulnerability.severity),
      ...(fixedIn && { fixedIn }),
    },
  ]
}

/** The worst of some advisories; `none` where there are none. */
export const worstOf = (advisories: readonly Advisory[]): Severity | 'none' =>
  [...severities].reverse().find((severity) => advisories.some((one) => one.severity === severity)) ?? 'none'

/**
 * What is open of a repository, as properties. None is not told: where alerts are off the organisation's list has none either, and a
 * repository that nobody scans must not look like one without findings.
 */
export const findingProps = ({ advisories = [], code, secrets }: Partial<Findings>): Record<string, Json> => ({
  ...(advisories.length && {
    vulnerabilities: advisories.length,
    worst: worstOf(advisories),
    ...numberOf('critical', advisories),
    ...numberOf('high', advisories),
  }),
  ...(code && { codeAlerts: code }),
  ...(secrets && { secretAlerts: secrets }),
})

function numberOf(severity: 'critical' | 'high', advisories: readonly Advisory[]): Record<string, Json> {
  const { length } = advisories.filter((one) => one.severity === severity)
  return length ? { [`${severity}Vulnerabilities`]: length } : {}
}
