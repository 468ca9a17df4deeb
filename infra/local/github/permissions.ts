import { Refusal } from './answers.js'

/** What some paths need, the first that matches (docs.github.com, "Permissions required for GitHub Apps"). What is not named needs `metadata`. */
const needed: readonly [path: RegExp, permission: string][] = [
  [/^\/orgs\/[^/]+\/(teams|members)(\/|$)/, 'members'],
  [/^\/orgs\/[^/]+\/packages(\/|$)/, 'packages'],
  [/\/dependabot\/alerts(\/|$)/, 'vulnerability_alerts'],
  [/\/code-scanning\/alerts(\/|$)/, 'security_events'],
  [/\/secret-scanning\/alerts(\/|$)/, 'secret_scanning_alerts'],
  [/^\/repos\/[^/]+\/[^/]+\/teams(\/|$)/, 'administration'],
  [/^\/repos\/[^/]+\/[^/]+\/commits\/[^/]+\/check-runs$/, 'checks'],
  [/^\/repos\/[^/]+\/[^/]+\/(commits\/[^/]+\/status(es)?|statuses\/[^/]+)$/, 'statuses'],
  [/^\/repos\/[^/]+\/[^/]+\/(contents|readme|commits|compare|branches|tags|git|releases)(\/|$)/, 'contents'],
  [/^\/repos\/[^/]+\/[^/]+\/(codeowners\/errors|dependency-graph\/sbom)$/, 'contents'],
  [/^\/repos\/[^/]+\/[^/]+\/(pulls|issues)(\/|$)/, 'pull_requests'],
  [/^\/repos\/[^/]+\/[^/]+\/(actions|environments)(\/|$)/, 'actions'],
  [/^\/repos\/[^/]+\/[^/]+\/deployments(\/|$)/, 'deployments'],
]

/** 403 where the permissions of a token are not enough for a request; the header says which would be. */
export function checkPermission(
  { method, path }: { method: string; path: string },
  permissions: Record<string, string>,
): void {
  const name = needed.find(([pattern]) => pattern.test(path))?.[1] ?? 'metadata'
  const level = method === 'GET' || method === 'HEAD' || name === 'metadata' ? 'read' : 'write'
  const given = permissions[name]
  if (given === 'write' || given === level) return
  throw new Refusal(403, 'Resource not accessible by integration', {
    headers: { 'x-accepted-github-permissions': `${name}=${level}` },
  })
}

/** The permission by which an app hears of an event, by the event's name; it hears of its own installation without any. */
export const permissionOfEvent: Readonly<Record<string, string>> = {
  push: 'contents',
  release: 'contents',
  pull_request: 'pull_requests',
  pull_request_review: 'pull_requests',
  deployment: 'deployments',
  deployment_status: 'deployments',
  workflow_run: 'actions',
  repository: 'metadata',
  team: 'members',
  membership: 'members',
  dependabot_alert: 'vulnerability_alerts',
  code_scanning_alert: 'security_events',
  secret_scanning_alert: 'secret_scanning_alerts',
}
