import type { Alert } from '../../../../skills/kit/alert.js'
import type { Fields } from '../../../fields.js'
import type { Essentials } from './essentials.js'

/** What the part of an alert says that each kind of alert has its own. What is absent, the essentials say. */
export interface AlertContext extends Partial<
  Pick<Alert, 'title' | 'description' | 'observed' | 'dimensions' | 'url' | 'status' | 'at' | 'severity'>
> {
  /** The occurrence, where it is not the alert of Azure Monitor. */
  occurrence?: string
  /** Whether the targets only tell where was looked, as the workspace of a query. */
  searched?: true
  /** Names of what it is about beside the configuration items. */
  names?: string[]
  /** What of it makes another rule of the same rule, such as a metric. */
  part?: string
}

/** Reads the context of one kind of alert; whatever it is given it answers. */
export type ReadContext = (context: Fields, essentials: Essentials) => AlertContext

/** The last part of the target's ARM id, else its first name. */
export const targetName = ({ targets, items }: Pick<Essentials, 'targets' | 'items'>): string | undefined =>
  items[0] ?? targets[0]?.replace(/\/$/, '').split('/').at(-1)
