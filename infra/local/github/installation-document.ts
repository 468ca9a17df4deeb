import type { App } from './app.js'
import type { Documents } from './documents.js'
import { permissionOfEvent } from './permissions.js'

/** The app's installation, as the API and its webhooks give it. */
export function installationDocument({ app, documents, now }: { app: App; documents: Documents; now(): number }) {
  const owner = documents.account(documents.login, 'Organization')
  const { permissions, selected, suspended } = app.installation
  return {
    ...{
      id: app.installationId,
      client_id: `Iv23li${app.appId}`,
      account: owner,
      app_id: app.appId,
      app_slug: 'nexus',
    },
    access_tokens_url: `${documents.api}/app/installations/${app.installationId}/access_tokens`,
    repositories_url: `${documents.api}/installation/repositories`,
    html_url: `${documents.site}/organizations/${documents.login}/settings/installations/${app.installationId}`,
    ...{ target_id: owner.id, target_type: 'Organization', repository_selection: selected ? 'selected' : 'all' },
    ...{ permissions, events: Object.keys(permissionOfEvent) },
    ...{ created_at: '2025-01-15T09:05:00Z', updated_at: '2025-01-15T09:05:00Z', single_file_name: null },
    ...{ has_multiple_single_files: false, single_file_paths: [], suspended_by: null },
    suspended_at: suspended ? new Date(now()).toISOString() : null,
  }
}
