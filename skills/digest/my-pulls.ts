import type { Row } from '../../cards/model.js'
import { dotted, instantProp, textProp } from '../kit/answer.js'
import { follow } from '../kit/belongings.js'
import type { Entity } from '../kit/model.js'
import type { Button } from '../kit/reply.js'
import type { Matter, Part } from './contents.js'
import { sayChecks } from './say-checks.js'
import { mostRows } from './waiting-changes.js'
import { titleOf } from './waiting-reviews.js'

/** The person's own open pull requests and how their checks stand, what is red first. */
export async function myPulls({ me, turn }: Matter): Promise<Part> {
  const authored = await follow('authoredBy', 'in', [me], turn.catalog)
  const pulls = authored
    .filter(({ kind }) => kind === 'PullRequest')
    .sort((a, b) => Number(isRed(b)) - Number(isRed(a)) || (opened(a) < opened(b) ? -1 : 1))
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
