import type { Range } from './arguments.js'
import type { Entity, Instant, Json, Kind } from './model.js'
import type { Button } from './reply.js'

/**
 * A button that asks a command about a thing: `askAbout(service, 'Who owns', 'catalog.owner', 'entity')` is "Who owns checkout".
 * @param more further arguments of the intent
 * @returns none where the thing is not known
 */
export function askAbout(
  thing: Entity | undefined,
  opening: string,
  command: string,
  argument: string,
  more: Record<string, Json> = {},
): Button[] {
  if (!thing) return []
  const { kind, id, name } = thing
  return [{ title: `${opening} ${name}`, intent: { command, args: { [argument]: { kind, id }, ...more } } }]
}

/** The thing, where it is of one of these kinds. */
export const ofKind = (thing: Entity | undefined, ...kinds: Kind[]): Entity | undefined =>
  thing && kinds.includes(thing.kind) ? thing : undefined

/** The hours up to a moment, as an intent has them. */
export const lastHours = (now: Instant, hours: number): Range & Record<string, Json> => ({
  from: new Date(Date.parse(now) - hours * 3_600_000).toISOString(),
  to: now,
})
