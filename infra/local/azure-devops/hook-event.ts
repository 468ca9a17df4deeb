/** The events that can be subscribed to, with who publishes each (learn.microsoft.com, "Service hooks events"). */
export const eventTypes = {
  'build.complete': 'tfs',
  'git.push': 'tfs',
  'git.pullrequest.created': 'tfs',
  'git.pullrequest.updated': 'tfs',
  'git.pullrequest.merged': 'tfs',
  'git.repo.renamed': 'tfs',
  'git.repo.deleted': 'tfs',
  'git.repo.statuschanged': 'tfs',
  'workitem.created': 'tfs',
  'workitem.updated': 'tfs',
  'workitem.commented': 'tfs',
  'workitem.deleted': 'tfs',
  'workitem.restored': 'tfs',
  'ms.vss-pipelines.run-state-changed-event': 'pipelines',
  'ms.vss-pipelinechecks-events.approval-pending': 'pipelines',
  'ms.vss-pipelinechecks-events.approval-completed': 'pipelines',
  'ms.vss-release.deployment-approval-completed-event': 'rm',
  'ms.vss-release.deployment-started-event': 'rm',
  'ms.vss-release.deployment-completed-event': 'rm',
} as const satisfies Record<string, 'tfs' | 'pipelines' | 'rm'>
export type EventType = keyof typeof eventTypes

/** Something that happened, before it is told to anybody. */
export interface HookEvent {
  eventType: EventType
  /** Name of the project it happened in. */
  project: string
  /** What happened, in a sentence. */
  text: string
  resource: Record<string, unknown>
}

/** Who wants to hear of an event. */
export interface Subscription {
  id: string
  eventType: EventType
  /** Absent, it is of every project. */
  projectId?: string
  url: string
  user?: string
  password?: string
  /** What became of the last one that was sent: its HTTP status, 0 where nobody answered. */
  lastStatus?: number
}
