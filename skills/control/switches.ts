import type { Instant, Json } from '../kit/model.js'
import type { Decision } from '../kit/plan.js'
import type { Actor } from '../kit/proposal.js'
import type { Records } from '../kit/records.js'

/** Where the switches are kept: all in one partition, so that one commit sees them all. */
export const switchboard = { partition: 'switches', kind: 'switch' } as const

/**
 * What a switch is for; `everything` is every change of the tenant. Notes go on, because stopping is what one does in the middle of an
 * incident, and what was sent to a cloud already runs to its end, because half a change is worse.
 */
export type Stopped = { everything: true } | { skill: string } | { action: string }

/** A switch that an administrator has thrown. */
export interface Switch {
  what: Stopped | { readOnly: true }
  by: Actor
  at: Instant
  reason: string
}

/** The id of a switch: one a thing, so it is thrown once. */
export function switchId(what: Switch['what']): string {
  if ('readOnly' in what) return 'read-only'
  if ('everything' in what) return 'everything'
  return 'skill' in what ? `skill/${what.skill}` : `action/${what.action}`
}

/** The switch's subject, in the middle of a sentence. */
export function sayStopped(what: Stopped): string {
  if ('everything' in what) return 'all changes'
  return 'skill' in what ? `all changes of ${what.skill}` : what.action
}

/** Every switch that is thrown, read from the store: a hub decides by what is written, never by what it remembers. */
export async function thrown(records: Pick<Records, 'find'>): Promise<Switch[]> {
  const found = await records.find<Json>({ ...switchboard, limit: 1000 })
  return found.map(({ data }) => data as unknown as Switch)
}

/** A command, as far as switches go by it. */
export interface Switchable {
  id: string
  skill: string
}

const wayOn = 'Admins can let it go on: “resume changes”, or “read-only mode off”. “control” shows what stands.'

/** Whether a change by a command may be asked for, approved or started now. */
export function mayChange(switches: readonly Switch[], command: Switchable): Decision {
  const standing = switches.find(({ what }) => concerns(what, command))
  if (!standing) return { allowed: true, reason: 'Nothing is stopped.' }
  const { what } = standing
  const subject =
    'readOnly' in what ? 'Nexus is in read-only mode' : `${capital(sayStopped(what))} ${are(what)} stopped`
  return { allowed: false, reason: `${subject}, ${sayWho(standing)}.`, wayOn }
}

/** A switch as one line: what, by whom, since when and why. */
export function saySwitch(one: Switch): string {
  const { what } = one
  return `${'readOnly' in what ? 'Read-only mode' : `Stopped: ${sayStopped(what)}`}, ${sayWho(one)}.`
}

/** Whether a note may be made now. Stopped changes leave notes alone, so that incidents are worked on; read-only mode does not. */
export function mayNote(switches: readonly Switch[], { skill }: Switchable): Decision {
  const readOnly = switches.find(({ what }) => 'readOnly' in what)
  if (!readOnly || skill === 'control') return { allowed: true, reason: 'Nothing stands against it.' }
  return { allowed: false, reason: `Nexus is in read-only mode, ${sayWho(readOnly)}.`, wayOn }
}

function concerns(what: Switch['what'], { id, skill }: Switchable): boolean {
  if ('readOnly' in what || 'everything' in what) return true
  return 'skill' in what ? what.skill === skill : what.action === id
}

/** Text only, because it stands in refusals and logs: the moment is in UTC. */
const sayWho = ({ by, at, reason }: Switch): string =>
  `by ${by.name} since ${at.slice(0, 16).replace('T', ' ')} UTC: ${reason}`

const are = (what: Stopped): string => ('action' in what ? 'is' : 'are')
const capital = (text: string): string => (text.startsWith('all') ? `A${text.slice(1)}` : text)
