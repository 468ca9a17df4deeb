import { resourceHealth } from '../resource-health.js'
import { targetName, type ReadContext } from './alert-context.js'
import { plain } from './essentials.js'

/** Resource health as the activity log tells it: one event when a resource becomes unwell and another when it is well again, both "fired". */
export const readResourceHealthContext: ReadContext = (context, essentials) => {
  const properties = context.object('properties')
  const state = properties.text('currentHealthStatus')
  const cause = properties.text('title') ?? properties.text('cause')
  const name = targetName(essentials) ?? 'A resource'
  const at = context.instant('eventTimestamp')
  const ended = essentials.status === 'resolved' || plain(context.text('status')) === 'resolved'
  return {
    ...resourceHealth({ target: essentials.targets[0], name, state, cause, ended }),
    ...(at && { at }),
  }
}
