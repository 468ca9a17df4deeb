import type { Json } from '../../skills/kit/model.js'
import type { Intent } from '../../skills/kit/reply.js'
import { callOf, isSame, refIn, type Speaking } from './follow-up-memory.js'
import type { Candidate } from './name-index.js'
import type { Suggestion, Understanding } from './understanding.js'

/** Most choices that are offered at once. */
const most = 3

/** How offers are called. */
interface Titles {
  /** The words of a button, where they are known; the command's example unless told. */
  said?: string
  /** What things are called that are not of the memory. */
  calls?: readonly Pick<Candidate, 'ref' | 'name'>[]
}

/** Offers intents as buttons: nothing of them is done before one is pressed. */
export function offer(
  intents: readonly (Intent | null)[],
  speaking: Speaking,
  { said, calls = [] }: Titles = {},
): Understanding | undefined {
  const suggestions = intents
    .filter((intent) => intent !== null)
    .slice(0, most)
    .map((intent): Suggestion => ({
      intent,
      title: said ? sentence(said) : titleOf(intent, speaking, calls),
      certainty: 1,
    }))
  return suggestions.length ? { outcome: 'suggest', suggestions, offered: true } : undefined
}

/** What only reads is answered; everything else is offered. */
export function offerOrRun(intent: Intent, speaking: Speaking): Understanding | undefined {
  if (speaking.commandOf(intent.command)?.effect !== 'read') return offer([intent], speaking)
  return { outcome: 'intent', intent, via: 'follow-up', certainty: 1, recognised: [] }
}

/** An intent in the words of its command's own example: "Restart checkout-web-stg". */
function titleOf(
  { command, args }: Intent,
  { commandOf, thingOf }: Speaking,
  calls: NonNullable<Titles['calls']>,
): string {
  const info = commandOf(command)
  if (!info) return command
  const said = (name: string): string => {
    const ref = refIn(args[name])
    if (!ref) return plainly(args[name])
    const called = thingOf(ref) ?? { ...ref, name: calls.find((one) => isSame(one.ref, ref))?.name ?? ref.id }
    return callOf(called)
  }
  const example = info.says.find((one) => slotsOf(one).every((name) => args[name] !== undefined)) ?? info.summary
  return sentence(example.replace(/\{(\w+)\}/g, (_, name: string) => said(name)))
}

const plainly = (value: Json | undefined): string => (typeof value === 'object' ? '…' : String(value ?? '…'))

const slotsOf = (example: string): string[] => [...example.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)

function sentence(said: string): string {
  const plain = said.trim().replace(/[?!.]+$/, '')
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}
