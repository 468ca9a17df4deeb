import type { Person, Place } from '../../../skills/kit/model.js'
import type { RecordWrite, Whereto } from '../../../skills/kit/records.js'
import type { ChangeData, PostedMessage } from './change-data.js'

/** Most people who are written to by themselves, where their team has no channel to be asked in. */
const mostChats = 10

/** Where a proposal is shown, and where its asker hears of its end. */
export interface Placement extends Pick<ChangeData, 'messages' | 'tell'> {
  /** What goes before the messages in their commit. */
  first: RecordWrite[]
  /** Whether the asker finds the card where they asked. */
  shown: boolean
}

/** What a proposal's place depends on. */
export interface Asked {
  place: Place
  by: Pick<Person, 'id'>
  /** Catalog id of the team that owns the target. */
  team?: string
  /** Whether those who decide are asked in chats of their own, wherever it was asked. */
  personally?: boolean
}

/**
 * Decides where a proposal's card goes. In a channel or group it stands where it was asked; asked in private it goes to the owning team's
 * channel for approvals, else to those who may approve it, and to the asker's chat; an affair between people goes to each of them.
 * @param reaches whether Nexus can speak there
 */
export async function placeCard(
  { place, by, team, personally = false }: Asked,
  approvers: readonly Pick<Person, 'id'>[],
  reaches: (to: Whereto) => Promise<boolean>,
): Promise<Placement> {
  const here: Whereto = { place: place.id }
  if ((place.kind === 'channel' || place.kind === 'group') && (await reaches(here))) {
    const placed = publicly(place, here)
    return personally ? { ...placed, messages: [...placed.messages, ...(await toChats(approvers, reaches))] } : placed
  }
  const messages = personally ? await toChats(approvers, reaches) : await toApprovers(team, approvers, reaches)
  const own: Whereto = { person: by.id }
  const shown = place.kind === 'personal' && (await reaches(own))
  if (shown) messages.push({ key: 'asker', to: own })
  const tell = (await reaches(own)) ? { tell: { to: own, mention: false } } : {}
  return { messages, first: [], shown, ...tell }
}

/** Where a card goes that somebody asked for again; undefined where Nexus cannot speak there by itself. */
export async function placeAgain(
  { place, by }: Pick<Asked, 'place' | 'by'>,
  key: string,
  reaches: (to: Whereto) => Promise<boolean>,
): Promise<{ message: PostedMessage; first: RecordWrite[] } | undefined> {
  if (place.kind === 'terminal') return undefined
  const to: Whereto = place.kind === 'personal' ? { person: by.id } : { place: place.id }
  if (!(await reaches(to))) return undefined
  if (place.kind !== 'channel') return { message: { key, to }, first: [] }
  // Of what only its sender sees, such as a slash command, no thread begins; what follows a change is for everybody.
  if (place.thread === undefined) return undefined
  const root = `${key}/thread`
  return { message: { key, to, root }, first: [{ op: 'anchor', key: root, activityId: place.thread }] }
}

function publicly({ kind, thread }: Place, to: Whereto): Placement {
  if (kind === 'group') return { messages: [{ key: 'card', to }], first: [], shown: true, tell: { to, mention: true } }
  if (thread === undefined)
    return { messages: [{ key: 'card', to }], first: [], shown: true, tell: { to, root: 'card', mention: true } }
  return {
    messages: [{ key: 'card', to, root: 'thread' }],
    first: [{ op: 'anchor', key: 'thread', activityId: thread }],
    shown: true,
    tell: { to, root: 'thread', mention: true },
  }
}

async function toApprovers(
  team: string | undefined,
  approvers: readonly Pick<Person, 'id'>[],
  reaches: (to: Whereto) => Promise<boolean>,
): Promise<PostedMessage[]> {
  const channel: Whereto | undefined = team === undefined ? undefined : { team, purpose: 'approvals' }
  if (channel && (await reaches(channel))) return [{ key: 'card', to: channel }]
  return toChats(approvers, reaches)
}

async function toChats(
  approvers: readonly Pick<Person, 'id'>[],
  reaches: (to: Whereto) => Promise<boolean>,
): Promise<PostedMessage[]> {
  const messages: PostedMessage[] = []
  for (const { id } of approvers.slice(0, mostChats))
    if (await reaches({ person: id })) messages.push({ key: `approver/${id}`, to: { person: id } })
  return messages
}
