import type { Row } from '../../cards/model.js'
import { dotted, instantProp, textProp } from '../kit/answer.js'
import { follow } from '../kit/belongings.js'
import type { Entity } from '../kit/model.js'
import type { Button } from '../kit/reply.js'
import type { Matter, Part } from './contents.js'
import { sayChecks } from './say-checks.js'
import { mostRows } from './waiting-changes.js'

/** Pull requests in which the person's review is asked for, the oldest first. */
export async function waitingReviews({ me, turn }: Matter): Promise<Part> {
  const asked = await follow('reviewBy', 'in', [me], turn.catalog)
  const open = asked
    .filter((pull) => pull.kind === 'PullRequest' && textProp(pull, 'state') !== 'draft')
    .sort((a, b) => ((instantProp(a, 'opened') ?? '') < (instantProp(b, 'opened') ?? '') ? -1 : 1))
  const [first] = open
  if (!first) return { needs: 0 }
  return {
    needs: open.length,
    first: `Review ${titleOf(first)}.`,
    section: { kind: 'rows', rows: open.slice(0, mostRows).map(reviewRow) },
  }
}

/** `payments#482 “Retry budget”` */
export const titleOf = (pull: Entity): string => [pull.name, quoted(textProp(pull, 'title'))].filter(Boolean).join(' ')

const quoted = (title: string | undefined) => title && `“${title}”`

function reviewRow(pull: Entity): Row<Button> {
  const opened = instantProp(pull, 'opened')
  const { kind, id } = pull
  return {
    icon: 'waiting',
    title: `Review ${titleOf(pull)}`,
    detail: dotted(sayChecks(pull), opened && ['asked ', { ago: opened }]),
    select: {
      title: `Show ${pull.name}`,
      intent: { command: 'catalog.show', args: { entity: { kind, id } } },
      dialog: true,
    },
  }
}
