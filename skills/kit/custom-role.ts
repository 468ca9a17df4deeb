import type { Area } from './audience.js'

/** A role that an organisation made for itself: what it may besides the role that it is built on. */
export interface CustomRole {
  /** As policies name it: `payments-support`. */
  name: string
  /** As people read it: `Payments Support`. */
  title: string
  /** Commands by id, or all of a skill's: `cost.*`. A change is among them only by its whole id. */
  commands: readonly string[]
  /** Areas whose questions it may ask, whatever role they want. */
  areas: readonly Area[]
  /** Catalog ids of the people who can give it. */
  owners: readonly string[]
}
