import { createHash } from 'node:crypto'
import type { Drawn } from '../../outgoing.js'

/** A message whose card can be told from all others, where it has a card. */
export interface MarkedCard {
  drawn: Drawn
  mark?: string
}

/**
 * Gives a message's card the id of its item, in the place where a card may name an element: nobody sees it, and whoever reads the thread
 * later knows this very message by it, however many have the same words.
 */
export function markCard(drawn: Drawn, item: { partition: string; id: string }): MarkedCard {
  const { attachments } = drawn.activity
  const [first, ...others] = Array.isArray(attachments) ? (attachments as unknown[]) : []
  const [head, ...rest] = bodyOf(first)
  if (!isObject(first) || !isObject(head) || 'id' in head) return { drawn }
  const mark = `m${createHash('sha256')
    .update(JSON.stringify([item.partition, item.id]))
    .digest('hex')
    .slice(0, 24)}`
  const content = { ...(first['content'] as object), body: [{ ...head, id: mark }, ...rest] }
  return { mark, drawn: { ...drawn, activity: { ...drawn.activity, attachments: [{ ...first, content }, ...others] } } }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function bodyOf(attachment: unknown): unknown[] {
  const content = isObject(attachment) ? attachment['content'] : undefined
  const body = isObject(content) && content['type'] === 'AdaptiveCard' ? content['body'] : undefined
  return Array.isArray(body) ? (body as unknown[]) : []
}
