import type { Json, Role } from './model.js'
import type { Risk } from './plan.js'
import type { CloudRequest } from './ports.js'

/**
 * An action as it is written in YAML, its shape checked. Texts may hold `{expression}`s, and what is named an expression is one; what they may
 * say is written in skills/actions/expression.ts. They see `target`, the parameters and the reads by name.
 */
export interface ActionManifest {
  /** A noun and a verb: `web-app.restart`. Its command is `action.web-app.restart`. */
  id: string
  /** One line for help: "Restart a web app". */
  summary: string
  /** Heading under which it is listed: "App Service". */
  category: string
  /** Ten or more ways people ask for it, each beginning with its verb; `{target}`, `{environment}` and parameters have their places. */
  says: string[]
  role: Role
  /** How much is at stake, the same everywhere or by environment. */
  risk: Risk | { otherwise: Risk; [environment: string]: Risk }
  /** The resource it works on. */
  target: {
    /** Azure resource type: `Microsoft.Web/sites`. */
    type: string
    /** What people call one: "web app". */
    called: string
  }
  parameters: Record<string, ActionParameter>
  /** What is read from Azure before it, in this order; a path may use what was read before it. */
  reads: Record<string, { path: string; apiVersion: string; optional?: true }>
  /** What is shown as it is now, by label; `binds` marks what must not move until the start. */
  before: Record<string, { value: string; binds?: true }>
  /** What of it will be otherwise: expressions by the same labels. */
  after: Record<string, string>
  guards: ActionGuard[]
  /** The change: "Restart web app {target.name}". */
  title: string
  /** What people will notice. */
  consequence: string
  /** What Azure is doing meanwhile: "restarting {target.name}". */
  doing: string
  request: { method: CloudRequest['method']; path: string; apiVersion: string; body?: Json }
  confirm: ActionConfirmation
  /** What is so afterwards, by label: expressions over what is read again. */
  result: Record<string, string>
  /** The action that takes it back with arguments worked out before, or why there is none. */
  undo: { action: string; args: Record<string, string> } | { impossible: string }
  /** Minutes after which one that has not ended counts as unknown. */
  patience: number
}

/** What is asked for beside target and environment. */
export type ActionParameter =
  | { type: 'number'; label: string; min: number; max: number; unit?: string }
  | { type: 'choice'; label: string; values: string[] }
  | { type: 'text'; label: string; max: number }

/** Something that must hold; `yes` and `no` are the sentences of either case. One that `warns` says its `no` and stops nothing. */
export interface ActionGuard {
  holds: string
  yes: string
  no: string
  warns?: true
}

/** How the outcome of a request without an answer is found out. */
export type ActionConfirmation =
  /** The resource shows it: `taken` when the request arrived, `ended` when it is done. */
  | { by: 'state'; taken: string; ended: string }
  /** Only the activity log shows it, under this operation's name. */
  | { by: 'activity-log'; operation: string }

/** Something in a manifest that cannot be; `at` leads to it by keys. */
export interface ManifestMistake {
  at: (string | number)[]
  message: string
}
