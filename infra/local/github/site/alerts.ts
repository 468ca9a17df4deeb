import { unprocessable } from '../answers.js'
import { alertDocument } from '../alert-operations.js'
import type { Server } from '../server.js'
import { alertStates, type Alert, type Repository } from '../state.js'

/** A finding as a scanner reports it. */
export type Finding = Omit<Alert, 'number' | 'state' | 'at'>

const events = {
  dependabot: 'dependabot_alert',
  code: 'code_scanning_alert',
  secret: 'secret_scanning_alert',
} as const

/** What is said when an alert comes to a state; code scanning says who closed it. */
const actions: Record<string, string> = {
  open: 'reopened',
  fixed: 'fixed',
  dismissed: 'dismissed',
  auto_dismissed: 'auto_dismissed',
  resolved: 'resolved',
}

/** A scanner finds something; its product is turned on where it was off. */
export function raiseAlert(server: Server, repository: Repository, finding: Finding): Alert {
  const number = Math.max(0, ...repository.alerts.map((alert) => alert.number)) + 1
  const alert: Alert = { ...finding, number, state: 'open', at: server.now() }
  if (!repository.security.includes(alert.kind)) repository.security.push(alert.kind)
  repository.alerts.push(alert)
  server.save()
  announce(server, repository, alert, 'created')
  return alert
}

/** Somebody, or a new scan, brings an alert to a state. @throws Refusal where it has no such state */
export function moveAlert(server: Server, repository: Repository, alert: Alert, state: string): void {
  const states = alertStates[alert.kind]
  if (!states.includes(state)) throw unprocessable(`${state} is none of ${states.join(', ')}.`)
  if (alert.state === state) return
  alert.state = state
  server.save()
  const byUser = alert.kind === 'code' && state === 'dismissed'
  announce(server, repository, alert, byUser ? 'closed_by_user' : actions[state]!)
}

function announce(server: Server, repository: Repository, alert: Alert, action: string): void {
  const { git } = repository
  server.announce(events[alert.kind], server.actor, repository, {
    ...{ action, alert: alertDocument(server, repository, alert, true) },
    ...(alert.kind === 'code' && {
      ...{ ref: `refs/heads/${git.defaultBranch}`, commit_oid: git.branches[git.defaultBranch] },
    }),
  })
}
