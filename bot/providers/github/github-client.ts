import type { Octokit } from '@octokit/rest'

/** The GitHub App, and where GitHub is. */
export interface GitHubOptions {
  /** `https://api.github.com`, or an Enterprise Server's `/api/v3`. */
  endpoint: string
  organisation: string
  appId: string
  /** PEM. */
  privateKey: string
}

/** Finds the app's installation in the organisation and answers a client that acts as it. */
export async function connectGitHub({ endpoint, organisation, appId, privateKey }: GitHubOptions): Promise<Octokit> {
  // Loaded with the first request, so that the hub does not start later for it.
  const [{ Octokit }, { createAppAuth }] = await Promise.all([import('@octokit/rest'), import('@octokit/auth-app')])
  const settings = { baseUrl: endpoint.replace(/\/$/, ''), authStrategy: createAppAuth, log: silent }
  const app = new Octokit({ ...settings, auth: { appId, privateKey } })
  const { data } = await app.rest.apps.listInstallations({ per_page: 100 })
  const installation = data.find(
    ({ account }) => account && 'login' in account && account.login.toLowerCase() === organisation.toLowerCase(),
  )
  if (!installation) throw new Error(`The app is not installed in ${organisation}`)
  return new Octokit({ ...settings, auth: { appId, privateKey, installationId: installation.id } })
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
