import type { Json } from '../json.js'
import type { Caller, StoredResource } from '../state.js'
import type { AzureStore } from '../store.js'

/** What an effect works on. Changes to `stored` are recorded by who runs it; other resources go through the store. */
export interface EffectContext {
  store: AzureStore
  stored: StoredResource
  body: Json
  query: Record<string, string>
  now: Date
  caller: Caller
  /** The operation's name for change records: `Microsoft.Web/sites/restart/action`. */
  operation: string
}

/** What an operation does besides answering: at once when it is accepted, and when it is done. */
export interface Effect {
  begin?(context: EffectContext): void
  /** Takes back what was begun, when the operation failed. */
  fail?(context: EffectContext): void
  /** Gives the body of the answer, undefined for none. */
  finish?(context: EffectContext): unknown
}

/** Effects by what they follow: `type/action`, or `type#put`, `type#patch` after a write, all in lower case. */
export type Effects = Record<string, Effect>

/** One effect under several types and actions. */
export const forEach = (types: string[], action: string, effect: Effect): Effects =>
  Object.fromEntries(types.map((type) => [`${type}${action}`.toLowerCase(), effect]))
