import type { Row } from '../../../cards/model.js'
import { dotted, instantProp, textProp } from '../answer.js'
import type { Entity } from '../model.js'
import type { Button } from '../reply.js'
import { mostRows, type Matter, type Part } from './matter.js'
import { sayChecks } from './say-checks.js'

/** Pull requests in which the person's review is asked for, the oldest first. */
export async function waitingReviews({ mine }: Matter): Promise<Part> {
  const open = [...mine.reviews].sort((a, b) =>
    (instantProp(a, 'opened') ?? '') < (instantProp(b, 'opened') ?? '') ? -1 : 1,
  )
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
