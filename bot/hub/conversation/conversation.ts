import type { Json, Ref } from '../../../skills/kit/model.js'
import type { Button } from '../../../skills/kit/reply.js'
import { namesCalled, refsIn, isSame, type Memory } from '../../language/follow-up-memory.js'
import { pointsSomewhere } from '../../language/follow-up-pronouns.js'
import { followUp, isFull } from '../../language/follow-up.js'
import type { Hearing, Understanding } from '../../language/understanding.js'
import type { Reader } from '../access/access.js'
import type { Caller } from '../caller.js'
import type { HubParts } from '../hub-parts.js'
import type { Listener } from '../listener.js'
import { lookingAgain } from '../look-again.js'
import type { Outcome } from '../outcome.js'
import { memoryOf } from './memory-of.js'
import { recall } from './recall.js'
import { whereSpoken } from './where-spoken.js'

/** How words are understood by what was spoken of before, and what is remembered of each turn. */
export interface Conversation {
  understood(text: string, caller: Caller, reader: Reader): Promise<Understanding>
  /** The turns of words and of buttons, each remembered when it ends: durably, so that every hub on the store knows it then. */
  remembering(turns: Turns): Turns
}

/** Turns of words and of buttons, answered. */
interface Turns {
  hear(text: string, caller: Caller): Promise<Outcome>
  press(button: Button, inputs: Record<string, Json>, by: Caller): Promise<Outcome>
}

/** The conversation with one person in one thread; it holds nothing itself, so that several hubs are one partner. */
export function createConversation(
  parts: Pick<HubParts, 'memories' | 'registry' | 'language' | 'caughtUp' | 'understand'>,
  listener: Pick<Listener, 'hearingOf' | 'understood'>,
): Conversation {
  const { memories, registry, language } = parts
  const commandOf = (id: string) => registry.find(id)?.info

  async function understood(text: string, caller: Caller, reader: Reader): Promise<Understanding> {
    const { mayName } = reader
    const plain = await listener.understood(text, caller, mayName)
    const full = isFull(plain, text)
    const where = whereSpoken(caller)
    const kept = !memories || !language || (full && !pointsSomewhere(text)) ? undefined : await memories.get(where)
    if (!kept || !language) return plain
    const { catalog } = lookingAgain({
      ...parts,
      catalog: reader.catalog,
      understand: (hearing) => parts.understand(hearing, mayName),
    })
    const { memory, thingOf } = await recall(kept, (ref) => catalog.get(ref))
    const hearing = await listener.hearingOf(text, caller, mayName)
    if (full) return eitherRecord(plain, hearing, memory, (both) => parts.understand(both, mayName))
    const { names, understand } = language(mayName)
    const followed = followUp({
      ...{ hearing, plain, memory, names, commandOf, thingOf },
      understand: (words, called = []) => understand({ ...hearing, text: words }, namesCalled(names, called)),
    })
    if (followed?.outcome === 'suggest' && followed.declined && kept.asked) {
      const { asked: _dropped, ...rest } = kept
      await memories!.keep(where, rest)
    }
    return followed ?? plain
  }

  async function remembered(outcome: Outcome, caller: Caller): Promise<Outcome> {
    if (!memories) return outcome
    const where = whereSpoken(caller)
    const before = keepsBefore(outcome) ? await memories.get(where) : undefined
    const memory = memoryOf(outcome, before, commandOf)
    if (memory && memory !== before) await memories.keep(where, memory)
    return outcome
  }

  return {
    understood,
    remembering: ({ hear, press }) => ({
      hear: async (text, caller) => remembered(await hear(text, caller), caller),
      press: async (button, inputs, by) => remembered(await press(button, inputs, by), { ...by, input: 'click' }),
    }),
  }
}

/** Whether what was spoken of before may still be what is spoken of. */
const keepsBefore = ({ outcome }: Outcome): boolean => outcome === 'suggest' || outcome === 'ask'

/**
 * In a thread that is about one record, in which another was just spoken of, "resolve it" may mean either: it is asked which.
 * @param understand understands the words where both are spoken of
 */
async function eitherRecord(
  plain: Understanding,
  hearing: Hearing,
  { intent }: Memory,
  understand: (hearing: Hearing) => Promise<Understanding>,
): Promise<Understanding> {
  const { subjects = [] } = hearing
  const isOther = (ref: Ref) =>
    subjects.some(({ kind }) => kind === ref.kind) && !subjects.some((one) => isSame(one, ref))
  const other = intent && refsIn(intent).find(isOther)
  const used = 'intent' in plain && refsIn(plain.intent).some((ref) => subjects.some((one) => isSame(one, ref)))
  return other && used ? understand({ ...hearing, subjects: [...subjects, other] }) : plain
}
