import type { HttpAnswer, RawRequest } from '../http-server.js'

/** Whether a request proved who sent it; `unknown` where that cannot be checked at the moment. */
export type Proof = 'good' | 'wrong' | 'unknown'

/** One item of what a request brought. */
export interface Item {
  /** The vendor's own id of it, where it gives one. */
  id?: string
  /** Its part of the body, as it came. */
  text: string
}

/** How one vendor's webhooks are taken in. */
export interface WebhookSource {
  /** The last part of its address: `/webhooks/{name}`. */
  name: string
  /** Checks who sent a request. */
  prove(request: RawRequest): Proof | Promise<Proof>
  /** Headers that say what was sent, in lower case. They are kept with the body, so none of them may be a secret. */
  keeps: readonly string[]
  /** The items of a body that is JSON; where the vendor gives ids or sends several at once. One without an id unless told. */
  itemsOf?(body: unknown, text: string, request: RawRequest): Item[]
  /** The answer to a request that asks something and brings nothing, such as a handshake. */
  answer?(body: unknown): HttpAnswer | undefined
  /** The answer to an OPTIONS request that proved itself. */
  greet?(request: RawRequest): HttpAnswer
}
