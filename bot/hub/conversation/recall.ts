import type { Entity, Ref } from '../../../skills/kit/model.js'
import type { Intent } from '../../../skills/kit/reply.js'
import { refsIn, type Asked, type Memory } from '../../language/follow-up-memory.js'

/** A memory as its person may still have it. */
export interface Recalled {
  memory: Memory
  thingOf(ref: Ref): Entity | undefined
}

const keyOf = ({ kind, id }: Ref) => `${kind}/${id}`

/**
 * Looks at what is remembered with the eyes its person has now: what is gone, or may not be seen any more, is spoken of no longer. Rows keep their
 * places, so that the third one stays the third.
 * @param get a thing as the person sees it
 */
export async function recall(memory: Memory, get: (ref: Ref) => Promise<Entity | undefined>): Promise<Recalled> {
  const { intent, rows, found, next, cut, asked } = memory
  const intents = [intent, ...rows, next, ...intentsOf(asked)].filter((one) => one !== undefined && one !== null)
  const refs = new Map([...intents.flatMap(refsIn), ...found].map((ref) => [keyOf(ref), ref]))
  const things = new Map(
    await Promise.all(
      [...refs].map(async ([key, ref]): Promise<[string, Entity | undefined]> => [key, await get(ref)]),
    ),
  )
  const thingOf = (ref: Ref) => things.get(keyOf(ref))
  const isSeen = (one: Intent) => refsIn(one).every((ref) => thingOf(ref) !== undefined)
  const seen = (one: Intent | null) => (one && isSeen(one) ? one : null)
  const question = asked && stillAsked(asked, seen)
  return {
    thingOf,
    memory: {
      ...(intent && isSeen(intent) && { intent }),
      rows: rows.map(seen),
      found: found.filter((ref) => thingOf(ref) !== undefined),
      ...(next && isSeen(next) && { next }),
      ...(cut && { cut }),
      ...(question && { asked: question }),
    },
  }
}

const intentsOf = (asked: Asked | undefined): readonly (Intent | null)[] =>
  !asked ? [] : asked.what === 'missing' ? [asked.intent] : asked.choices

function stillAsked(asked: Asked, seen: (intent: Intent | null) => Intent | null): Asked | undefined {
  if (asked.what === 'missing') return seen(asked.intent) ? asked : undefined
  const choices = asked.choices.map(seen)
  return choices.some((one) => one !== null) ? { ...asked, choices } : undefined
}
