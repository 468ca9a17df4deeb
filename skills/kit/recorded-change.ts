/** The data of `change.recorded`: something that was changed outside Nexus. Every text in it comes from outside. */
export interface RecordedChange {
  /** Who told of it: `github`, `azure-devops`, `event-grid`. */
  source: string
  what: 'push' | 'merge' | 'build' | 'release' | 'deployment' | 'resource'
  /** One line that says what was changed. */
  title: string
  /** Who did it, where that is said; `gitHub` is a login, which only the catalog can tell to be a person's. */
  by?: { name: string; email?: string } | { gitHub: string }
  outcome?: 'succeeded' | 'failed' | 'cancelled'
  url?: string
  /** The commit that was pushed, merged or deployed. */
  commit?: string
  /** The ARM id, where a resource was changed. */
  resourceId?: string
  /** Its id in the catalog, where a source of the catalog tells of it as well: so that both tell of one change. */
  entity?: string
}
