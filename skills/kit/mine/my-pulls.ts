import type { Row } from '../../../cards/model.js'
import { dotted, instantProp, textProp } from '../answer.js'
import type { Entity } from '../model.js'
import type { Button } from '../reply.js'
import { mostRows, type Matter, type Part } from './matter.js'
import { sayChecks } from './say-checks.js'
import { titleOf } from './waiting-reviews.js'

/** The person's own open pull requests and how their checks stand, what is red first. */
export function myPulls({ mine }: Pick<Matter, 'mine'>): Part {
  const pulls = [...mine.pulls].sort((a, b) => Number(isRed(b)) - Number(isRed(a)) || (opened(a) < opened(b) ? -1 : 1))
  if (!pulls.length) return { needs: 0 }
  const total = pulls.length > mostRows ? { total: pulls.length } : {}
  return {
    needs: 0,
    section: { kind: 'rows', title: 'My pull requests', rows: pulls.slice(0, mostRows).map(pullRow), ...total },
  }
}

const isRed = (pull: Entity): boolean => textProp(pull, 'checks') === 'failing'
const opened = (pull: Entity): string => instantProp(pull, 'opened') ?? ''

function pullRow(pull: Entity): Row<Button> {
  const { kind, id, name } = pull
  const at = instantProp(pull, 'opened')
  const state = textProp(pull, 'state')
  return {
    state: isRed(pull) ? 'attention' : 'emphasis',
    title: titleOf(pull),
    detail: dotted(sayChecks(pull), state === 'draft' ? 'draft' : undefined),
    ...(at && { end: [{ since: at }] }),
    select: {
      title: `Show ${name}`,
      intent: { command: 'catalog.show', args: { entity: { kind, id } } },
      dialog: true,
    },
  }
}
