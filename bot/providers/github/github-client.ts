import type { Octokit } from '@octokit/rest'
import { unavailable } from '../../../skills/kit/errors.js'

/** The GitHub App, and where GitHub is. */
export interface GitHubOptions {
  /** `https://api.github.com`, or an Enterprise Server's `/api/v3`. */
  endpoint: string
  organisation: string
  appId: string
  /** PEM. */
  privateKey: string
}

/**
 * Finds the app's installation in the organisation and answers a client that acts as it: it signs in as the app, and takes a new token each
 * hour ("Authenticating as a GitHub App installation").
 * @throws Fault Unavailable where the organisation has no installation, or suspended it; RequestError where GitHub refuses the app
 */
export async function connectGitHub({ endpoint, organisation, appId, privateKey }: GitHubOptions): Promise<Octokit> {
  // Loaded with the first request, so that the hub does not start later for it.
  const [{ Octokit }, { createAppAuth }] = await Promise.all([import('@octokit/rest'), import('@octokit/auth-app')])
  const settings = { baseUrl: endpoint.replace(/\/$/, ''), authStrategy: createAppAuth, log: silent }
  const app = new Octokit({ ...settings, auth: { appId, privateKey } })
  const { data } = await app.rest.apps.listInstallations({ per_page: 100 })
  const installation = data.find(
    ({ account }) => account && 'login' in account && account.login.toLowerCase() === organisation.toLowerCase(),
  )
  const place = `${organisation}'s settings under GitHub Apps`
  if (!installation)
    throw unavailable(`Nexus's GitHub App is not installed in ${organisation}.`, `Install it in ${place}.`)
  if (installation.suspended_at)
    throw unavailable(`Nexus's GitHub App is suspended in ${organisation}.`, `Unsuspend it in ${place}.`)
  return new Octokit({ ...settings, auth: { appId, privateKey, installationId: installation.id } })
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
