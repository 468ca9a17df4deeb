import { z } from 'zod/v4'

/** A thumb on a message of Nexus. */
export interface Thumb {
  /** Activity id of the message. */
  message: string
  reaction: 'like' | 'dislike'
  /** What was written beside it; empty where nothing. */
  text: string
}

/** Longest remark that is kept, in characters. */
const longest = 2_000

const Submitted = z.looseObject({
  actionName: z.literal('feedback'),
  actionValue: z.looseObject({ reaction: z.enum(['like', 'dislike']), feedback: z.string().max(20_000).default('') }),
})

/**
 * Reads a thumb as Teams' feedback loop sends it (Microsoft, "Bot messages with AI-generated content": an invoke `message/submitAction`, the
 * remark a JSON text in `feedback`).
 * @param message the invoke's `replyToId`
 * @returns undefined where it is none
 */
export function readThumb(value: unknown, message: string | undefined): Thumb | undefined {
  const read = Submitted.safeParse(value)
  if (!read.success || !message) return undefined
  const { reaction, feedback } = read.data.actionValue
  return { message, reaction, text: remarkIn(feedback).trim().slice(0, longest) }
}

const Remark = z.looseObject({ feedbackText: z.string() })

function remarkIn(feedback: string): string {
  try {
    const read = Remark.safeParse(JSON.parse(feedback))
    return read.success ? read.data.feedbackText : ''
  } catch {
    return '' // a client that writes it otherwise has still pressed a thumb
  }
}
