import type { Router, VendorRequest, VendorResponse } from '../frame/router.js'
import { iso, page, Refusal, unprocessable } from './answers.js'
import type { Server } from './server.js'
import { alertStates, type Alert, type Repository } from './state.js'

const kinds = { dependabot: 'dependabot', 'code-scanning': 'code', 'secret-scanning': 'secret' } as const
type Product = keyof typeof kinds

/** What each product answers where it is off (GitHub REST reference: the alerts of Dependabot, code scanning, secret scanning). */
const off: Record<Product, Refusal> = {
  dependabot: new Refusal(403, 'Dependabot alerts are disabled for this repository.'),
  'code-scanning': new Refusal(403, 'Advanced Security must be enabled for this repository to use code scanning.'),
  'secret-scanning': new Refusal(404, 'Secret scanning is disabled on this repository.'),
}

/** Security alerts: of Dependabot, code scanning and secret scanning, of a repository and of the organisation. */
export function alertOperations(router: Router, server: Server): void {
  const answer = (request: VendorRequest, product: Product, repositories: Repository[], whole: boolean) => {
    const wanted = new Set(wantedStates(request, product))
    const all = repositories.flatMap((repository) =>
      repository.alerts
        .filter(({ kind, state }) => kind === kinds[product] && (wanted.size === 0 || wanted.has(state)))
        .map((alert) => ({ repository, alert })),
    )
    const newest = all.sort((a, b) => b.alert.at - a.alert.at || b.alert.number - a.alert.number)
    const show = ({ repository, alert }: (typeof all)[number]) => ({
      ...alertDocument(server, repository, alert, request.query.hide_secret === 'true'),
      ...(whole && { repository: server.documents.repository(repository) }),
    })
    return product === 'dependabot' ? byCursor(request, newest, show) : page(request, newest, show)
  }
  for (const product of Object.keys(kinds) as Product[])
    router
      .get(`/orgs/{org}/${product}/alerts`, (request) => {
        server.checkOrganisation(request)
        const on = server.repositories(request).filter(({ security }) => security.includes(kinds[product]))
        return answer(request, product, on, true)
      })
      .get(`/repos/{owner}/{repo}/${product}/alerts`, (request) => {
        const repository = server.repositoryIn(request)
        if (!repository.security.includes(kinds[product])) throw off[product]
        return answer(request, product, [repository], false)
      })
}

/** Dependabot takes several states, the others one. */
function wantedStates({ query }: VendorRequest, product: Product): string[] {
  const wanted = (query.state ?? '').split(',').filter(Boolean)
  const wrong = wanted.find((state) => !alertStates[kinds[product]].includes(state))
  if (wrong || (product !== 'dependabot' && wanted.length > 1))
    throw unprocessable(
      `Invalid request.\n\n${query.state} is not a member of ${JSON.stringify(alertStates[kinds[product]])}.`,
    )
  return wanted
}

/** Dependabot's alerts are paged by cursors: `after`, `before`, and no `page` (its REST reference). */
function byCursor<T>({ query, url }: VendorRequest, items: T[], show: (item: T) => unknown): VendorResponse {
  if (query.page !== undefined)
    throw new Refusal(400, 'Pagination using the `page` parameter is not supported.', { page: '/dependabot/alerts' })
  const size = Math.min(Number(query.per_page ?? 30) || 30, 100)
  const from = query.after === undefined ? 0 : Number(Buffer.from(query.after, 'base64url').toString())
  if (!Number.isInteger(from) || from < 0) throw unprocessable('The cursor is not valid.')
  const next = new URL(url)
  next.searchParams.set('after', Buffer.from(String(from + size)).toString('base64url'))
  return {
    status: 200,
    body: items.slice(from, from + size).map(show),
    ...(from + size < items.length && { headers: { link: `<${next.href}>; rel="next"` } }),
  }
}

/** One alert in its product's form. */
export function alertDocument(
  { documents }: Server,
  repository: Repository,
  alert: Alert,
  hidesSecret = false,
): Record<string, unknown> {
  const path = { dependabot: 'dependabot', code: 'code-scanning', secret: 'secret-scanning' }[alert.kind]
  const shared = {
    ...{ number: alert.number, state: alert.state, created_at: iso(alert.at), updated_at: iso(alert.at) },
    url: `${documents.url(repository)}/${path}/alerts/${alert.number}`,
    html_url: `${documents.page(repository)}/security/${path}/${alert.number}`,
  }
  if (alert.kind === 'secret')
    return {
      ...{ ...shared, secret_type: alert.rule, secret_type_display_name: alert.summary, resolution: null },
      ...(!hidesSecret && { secret: 'not-a-secret-of-anybody' }),
      ...{ resolved_at: null, resolved_by: null, push_protection_bypassed: false, validity: 'unknown' },
    }
  const closed = {
    dismissed_at: null,
    dismissed_by: null,
    dismissed_reason: null,
    dismissed_comment: null,
    fixed_at: null,
  }
  if (alert.kind === 'code')
    return {
      ...{ ...shared, ...closed, tool: { name: 'CodeQL', guid: null, version: '2.19.3' } },
      rule: {
        ...{ id: alert.rule, name: alert.rule, description: alert.summary, tags: ['security'] },
        ...{ severity: 'error', security_severity_level: alert.severity },
      },
      instances_url: `${shared.url}/instances`,
      most_recent_instance: { ref: `refs/heads/${repository.git.defaultBranch}`, state: alert.state, location: {} },
    }
  const named = { ecosystem: alert.package!.ecosystem, name: alert.package!.name }
  const fixed = alert.fixedIn ? { identifier: alert.fixedIn } : null
  const vulnerability = { package: named, severity: alert.severity, vulnerable_version_range: alert.range ?? '>= 0' }
  return {
    ...{ ...shared, ...closed, auto_dismissed_at: null },
    dependency: { package: named, manifest_path: alert.manifest ?? '', scope: 'runtime', relationship: 'direct' },
    security_advisory: {
      ...{ ghsa_id: alert.rule, cve_id: alert.cve ?? null, summary: alert.summary, description: alert.summary },
      ...{ severity: alert.severity, vulnerabilities: [{ ...vulnerability, first_patched_version: fixed }] },
      ...{ identifiers: [{ type: 'GHSA', value: alert.rule }], references: [], cwes: [], withdrawn_at: null },
      ...{ published_at: iso(alert.at), updated_at: iso(alert.at), cvss: { score: 0, vector_string: null } },
    },
    security_vulnerability: { ...vulnerability, first_patched_version: fixed },
  }
}
