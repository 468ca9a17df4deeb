import type { Instant, Json, Ref } from '../../skills/kit/model.js'
import type { Event, ThreadReply } from '../../skills/kit/event.js'
import type { Understanding } from '../language/understanding.js'
import type { Caller } from './caller.js'
import type { HubParts } from './hub-parts.js'
import type { Listener } from './listener.js'
import type { Outcome } from './outcome.js'
import type { Registry } from './registry.js'

/** What was written in a channel without mentioning Nexus. */
export interface Overheard {
  text: string
  /** Id of the activity. */
  id: string
}

/** What overhearing is made of. */
export interface OverhearParts {
  registry: Pick<Registry, 'find'>
  clock: { now(): Instant }
  /** The records that the thread is about. */
  subjectsOf(caller: Caller): Promise<readonly Ref[]>
  /** Whether a team lets Nexus hear replies without a mention. */
  listens(team: string): Promise<boolean>
  understood(text: string, caller: Caller): Promise<Understanding>
  hear(text: string, caller: Caller): Promise<Outcome>
  notice(event: Event): Promise<void>
}

/** Overhearing over the parts of a hub. @param hear hears words as if they had been addressed */
export const overhearing =
  (
    parts: Pick<HubParts, 'registry' | 'clock' | 'subjectsOf' | 'listens' | 'access'>,
    listener: Pick<Listener, 'understood'>,
    { notice }: Pick<OverhearParts, 'notice'>,
    hear: OverhearParts['hear'],
  ) =>
  (heard: Overheard, caller: Caller): Promise<Outcome | undefined> =>
    overhear(heard, caller, {
      ...{ registry: parts.registry, clock: parts.clock, hear, notice },
      subjectsOf: async (by) => (await parts.subjectsOf?.(by)) ?? [],
      listens: async (team) => (await parts.listens?.(team)) ?? false,
      understood: async (text, by) => listener.understood(text, by, (await parts.access.of(by.person)).mayName),
    })

/** Fewest words of a question that nobody addressed to Nexus and that it still answers. */
const fewestWords = 3

/**
 * Hears what mentions nobody, in a thread of Nexus's own, of a team that lets it. It answers only what is unmistakably for it: a request about the
 * very record that the thread is about ("ack", "resolve it"), or a whole question with a sure name in it ("who's on call for payments"). Whatever
 * mentions somebody is for them. All else it keeps silent about, and an incident's story gets it. Of anything outside nothing is kept or understood.
 * @returns the answer, or undefined where it stays silent
 */
export async function overhear(
  { text, id }: Overheard,
  caller: Caller,
  parts: OverhearParts,
): Promise<Outcome | undefined> {
  const { place, person, mentions = [] } = caller
  if (place.kind !== 'channel' || place.thread === undefined || place.team === undefined || person.guest)
    return undefined
  const subjects = (await parts.subjectsOf(caller)).filter(({ kind }) => kind === 'Incident' || kind === 'Proposal')
  if (!subjects.length || !(await parts.listens(place.team))) return undefined
  if (!mentions.length && isRequest(await parts.understood(text, caller), text, subjects, parts))
    return parts.hear(text, caller)
  const incidents = subjects.filter(({ kind }) => kind === 'Incident')
  const now = parts.clock.now()
  const reply: ThreadReply = { by: { id: person.id, objectId: person.objectId, name: person.name }, text }
  if (incidents.length && text.trim())
    await parts.notice({
      ...{ id: `reply/${place.id}/${id}`, type: 'thread.replied', at: now, arrived: now, subjects: incidents },
      data: reply as unknown as Json,
    })
  return undefined
}

function isRequest(
  understanding: Understanding,
  text: string,
  subjects: readonly Ref[],
  { registry }: Pick<OverhearParts, 'registry'>,
): boolean {
  if (understanding.outcome !== 'intent' || understanding.via !== 'phrase' || understanding.certainty < sure)
    return false
  const { intent, recognised } = understanding
  const effect = registry.find(intent.command)?.info.effect
  if (effect === 'note') return Object.values(intent.args).some((arg) => subjects.some((one) => isSame(one, arg)))
  return effect === 'read' && recognised.length > 0 && text.trim().split(/\s+/).length >= fewestWords
}

/** Without a slip; what is implied counts a little less than what was said. */
const sure = 0.98

const isSame = ({ kind, id }: Ref, arg: Json): boolean =>
  typeof arg === 'object' && arg !== null && !Array.isArray(arg) && arg['kind'] === kind && arg['id'] === id
