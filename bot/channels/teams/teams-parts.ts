import type { Person, Ref } from '../../../skills/kit/model.js'
import type { Caller } from '../../hub/caller.js'
import type { Identity } from '../../identity.js'
import type { Rateable } from '../../../skills/kit/rateable.js'
import type { Outcome } from '../../hub/outcome.js'
import type { ComposeParts } from './answer-compose.js'
import type { InvokeParts } from './answer-invoke.js'
import type { ConnectorToken } from './bot-authentication.js'
import type { CheckedActivity } from './parse-activity.js'
import type { Thumb } from './read-thumb.js'
import type { TurnSpeechParts } from './speak-in-turn.js'
import type { VerifyToken } from './verify-token.js'

/** What the Teams channel is made of. */
export interface TeamsParts extends InvokeParts, ComposeParts {
  appId: string
  verifyToken: VerifyToken
  connectorToken: ConnectorToken
  fetch: typeof globalThis.fetch
  /** What answers need that are not taken at once. */
  speech: TurnSpeechParts
  /** Whether an Entra tenant is served; of another one nothing is kept. */
  serves(tenantId: string | undefined): boolean
  /** The person of a verified sender, or undefined for a tenant that is not served. */
  personOf(sender: Identity): Promise<Person | undefined>
  /** The catalog entity of a mentioned account. */
  refOf(objectId: string): Promise<Ref | undefined>
  hear(text: string, caller: Caller): Promise<Outcome>
  /** Hears what was written in a channel or a group without mentioning Nexus; undefined where it stays silent. */
  overhear(heard: { text: string; id: string }, caller: Caller): Promise<Outcome | undefined>
  /**
   * Notes durably that an activity is being answered; undefined where it was or is being answered already, so that what is sent again
   * is answered once. `end` closes it: after a failure the channel may send it again.
   */
  beginTurn(activity: CheckedActivity): Promise<{ end(answered: boolean): Promise<void> } | undefined>
  /** Remembers what a message that asks for thumbs was made of. */
  rateable(said: { conversation: string; message: string }, rateable: Rateable): Promise<void>
  /** Keeps a thumb. @returns false where nothing is rated there */
  rate(thumb: Thumb, caller: Caller): Promise<boolean>
  /** Keeps where and how a conversation is reached, before anything else is done with it. */
  keepConversation(activity: CheckedActivity): Promise<void>
  /** Nexus came to a team or a chat, or left it. */
  installed(activity: CheckedActivity): Promise<void>
  uninstalled(activity: CheckedActivity): Promise<void>
  /** A team's channels are not any more what they were. */
  teamChanged(activity: CheckedActivity): Promise<void>
  log(event: { what: string; error?: unknown; detail?: string }): void
}
