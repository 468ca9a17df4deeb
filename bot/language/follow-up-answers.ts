import { faultOf } from '../../skills/kit/argument-faults.js'
import type { Arg } from '../../skills/kit/arguments.js'
import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import { meetsFilter } from '../../skills/kit/catalog/meets-filter.js'
import type { Entity, Json } from '../../skills/kit/model.js'
import type { Intent } from '../../skills/kit/reply.js'
import { isSame, refsIn, type Asked, type Speaking } from './follow-up-memory.js'
import { offer, offerOrRun } from './follow-up-offers.js'
import { plainOf, refusesAll, rowAlone, saidAnew, saysYes } from './follow-up-words.js'
import { kindAt } from './kind-words.js'
import { readValue } from './read-value.js'
import type { Understanding } from './understanding.js'

/** Names less sure than this do not answer a question that a change hangs on. */
const surely = 0.999
const nearly = 0.75

/** Reads an answer to what Nexus asked; undefined where nothing was asked, or the words are no answer to it. */
export function answerAsked(speaking: Speaking): Understanding | undefined {
  const { memory, hearing } = speaking
  const { asked } = memory
  if (!asked) return undefined
  if (refusesAll(hearing.text)) return { outcome: 'suggest', suggestions: [], declined: true }
  return asked.what === 'missing' ? answerMissing(asked, speaking) : answerWhich(asked, speaking)
}

/** Which of several: by its place, its name, or by what only one of them is. */
function answerWhich(
  { what, choices }: Extract<Asked, { choices: unknown }>,
  speaking: Speaking,
): Understanding | undefined {
  const { hearing, commandOf } = speaking
  const there = choices.filter((one) => one !== null)
  const chosen = (intent: Intent, plainly: boolean): Understanding | undefined => {
    const reads = commandOf(intent.command)?.effect === 'read'
    // What was asked for plainly, and is now told apart plainly, is what it would have been with the full name at once.
    if (reads || (what === 'which' && plainly))
      return { outcome: 'intent', intent, via: 'follow-up', certainty: 1, recognised: [] }
    return offer([intent], speaking)
  }
  const [only] = there
  if (saysYes(hearing.text) && what === 'whether' && only)
    return { outcome: 'intent', intent: only, via: 'follow-up', certainty: 1, recognised: [] }
  if (saysYes(hearing.text)) return there.length === 1 ? offerOrRun(there[0]!, speaking) : undefined
  const at = rowAlone(hearing.text)
  const row = at === undefined ? undefined : choices.at(at)
  if (row) return chosen(row, true)
  for (const words of saidAnew(plainOf(hearing.text).replace(/ (?:one|please)$/, ''))) {
    const byName = nearestOf(words, there, speaking)
    if (byName) return chosen(byName.intent, byName.certainty >= surely)
    const byKind = there.filter((intent) => isOfKind(words, intent, speaking))
    if (byKind.length === 1) return chosen(byKind[0]!, false)
  }
  return undefined
}

/** What only one of the choices has: a choice differs from the others by one thing. */
function ownThings(intent: Intent, choices: readonly Intent[], { thingOf }: Speaking): Entity[] {
  const own = refsIn(intent).filter(
    (ref) => choices.length === 1 || !choices.every((other) => refsIn(other).some((one) => isSame(one, ref))),
  )
  return own.flatMap((ref) => thingOf(ref) ?? [])
}

function nearestOf(
  words: string,
  choices: readonly Intent[],
  speaking: Speaking,
): { intent: Intent; certainty: number } | undefined {
  const scored = choices.flatMap((intent) => {
    const things = ownThings(intent, choices, speaking)
    const exact = things.some(({ name, id }) => [name, id].some((one) => one.toLowerCase() === words))
    if (exact) return [{ intent, certainty: 1 }]
    const found = things.flatMap((thing) =>
      speaking.names.find(words, [thing.kind]).filter(({ ref }) => isSame(ref, thing)),
    )
    const certainty = Math.max(0, ...found.map((one) => one.certainty))
    return certainty >= nearly ? [{ intent, certainty: Math.min(certainty, 0.99) }] : []
  })
  const [best, second] = scored.sort((a, b) => b.certainty - a.certainty)
  return best && (!second || best.certainty > second.certainty) ? best : undefined
}

/** "the database", "the service", "the one in staging": what a thing is, where a word says that. */
function isOfKind(words: string, intent: Intent, { thingOf, hearing }: Speaking): boolean {
  const said = words.split(' ')
  const kinds = hearing.kinds ?? builtInKinds
  const meant = kindAt(said, 0, kinds)
  const things = refsIn(intent).flatMap((ref) => thingOf(ref) ?? [])
  if (meant && meant.words === said.length) {
    const kindOf = (kind: string) => kinds.find((one) => one.kind === kind)
    return things.some((thing) => meetsFilter(thing, meant.filter, { now: hearing.now, neighbours: () => [], kindOf }))
  }
  const asked = words.replace(/^(?:one )?(?:in|on|from|of) /, '')
  return things.some(({ props }) => [props['environment'], props['region']].some((value) => value === asked))
}

/** Fills what a command lacks, the first that the words can be; more than that is asked for again. */
function answerMissing(
  { intent, missing }: Extract<Asked, { what: 'missing' }>,
  speaking: Speaking,
): Understanding | undefined {
  const command = speaking.commandOf(intent.command)
  if (!command) return undefined
  // What may be left out can be said all the same: "2 hours" to a snooze whose incident is asked for.
  const besides = Object.keys(command.args).filter(
    (name) => !missing.includes(name) && !(name in intent.args) && command.args[name]!.type !== 'text',
  )
  for (const name of [...missing, ...besides]) {
    const arg = command.args[name]
    const read = arg && (rowFor(arg, speaking) ?? valueOf(arg, speaking, command.effect === 'change'))
    if (!read) continue
    if (read.options) return { outcome: 'choose', intent, argument: name, options: read.options }
    const filled = { ...intent, args: { ...intent.args, [name]: read.value } }
    return { outcome: 'intent', intent: filled, via: 'follow-up', certainty: 1, recognised: [] }
  }
  return undefined
}

/** What a row leads to that was shown before it was asked: "the second one". */
function rowFor(arg: Arg, { hearing, memory }: Speaking): Read | undefined {
  const at = arg.type === 'entity' ? rowAlone(hearing.text) : undefined
  const row = at === undefined ? undefined : memory.rows.at(at)
  const [ref, ...others] =
    row && arg.type === 'entity' ? refsIn(row).filter(({ kind }) => arg.kinds.includes(kind)) : []
  return ref && !others.length ? { value: { ...ref } } : undefined
}

type Read =
  | { value: Json; options?: undefined }
  | { options: { ref: { kind: string; id: string }; name: string; certainty: number }[] }

/** @param strict only the exact name is taken, because a change hangs on it */
function valueOf(arg: Arg, { hearing, names, plain }: Speaking, strict: boolean): Read | undefined {
  const { text, now, zone } = hearing
  const ways = saidAnew(plainOf(text))
  // Free words are an answer where they are nothing else.
  if (arg.type === 'text') return plain.outcome === 'intent' || faultOf(arg, text) ? undefined : { value: text.trim() }
  for (const words of ways) {
    if (arg.type !== 'entity') {
      const value = readValue(arg, words, { now, zone })
      if (value !== undefined && !faultOf(arg, value)) return { value }
      continue
    }
    const found = names.find(words, arg.kinds)
    const [best] = found
    if (!best || best.certainty < (strict ? surely : nearly) || (strict && !best.wordForWord)) continue
    const alike = found.filter((one) => one.certainty > best.certainty - 0.05 && one.ref.kind === best.ref.kind)
    return alike.length > 1 ? { options: alike } : { value: { ...best.ref } }
  }
  return undefined
}
