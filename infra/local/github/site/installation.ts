import { installationDocument } from '../installation-document.js'
import type { Server } from '../server.js'
import type { Repository } from '../state.js'

/** What an administrator changes of the app's installation; what is absent stays. */
export interface InstallationChange {
  /** Permissions to change; `none` takes one away. */
  permissions?: Record<string, 'none' | 'read' | 'write'> | undefined
  /** The repositories that it is given. */
  repositories?: readonly Repository[] | 'all' | undefined
  suspended?: boolean | undefined
}

/** Changes what the app may see and do, and lets it hear of that. */
export function changeInstallation(server: Server, by: string, to: InstallationChange): void {
  const { app, documents } = server
  const announce = (action: string) =>
    server.announceInstallation('installation', by, { action, repositories: [], requester: null })
  if (to.permissions) {
    const asked = { ...app.installation.permissions, ...to.permissions }
    const permissions = Object.fromEntries(Object.entries(asked).filter(([, level]) => level !== 'none'))
    app.change({ ...app.installation, permissions })
    announce('new_permissions_accepted')
  }
  if (to.suspended !== undefined && to.suspended !== Boolean(app.installation.suspended)) {
    app.change({ ...app.installation, suspended: to.suspended })
    announce(to.suspended ? 'suspend' : 'unsuspend')
  }
  if (!to.repositories) return
  const before = server.all.filter((repository) => app.sees(repository))
  const { selected: _, ...rest } = app.installation
  const now = to.repositories === 'all' ? [...server.all] : to.repositories
  app.change(to.repositories === 'all' ? rest : { ...rest, selected: now.map(({ id }) => id) })
  const { repository_selection } = installationDocument(server)
  const said = (action: string, added: readonly Repository[], removed: readonly Repository[]) => {
    if (added.length + removed.length === 0) return
    server.announceInstallation('installation_repositories', by, {
      ...{ action, repository_selection, requester: null },
      repositories_added: added.map(documents.shortRepository),
      repositories_removed: removed.map(documents.shortRepository),
    })
  }
  said(
    'added',
    now.filter((one) => !before.includes(one)),
    [],
  )
  said(
    'removed',
    [],
    before.filter((one) => !now.includes(one)),
  )
}
