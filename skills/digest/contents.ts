import type { Text } from '../../cards/model.js'
import type { Instant } from '../kit/model.js'
import type { Matter, Needs } from '../kit/mine/matter.js'
import type { Section, Source } from '../kit/reply.js'

/** What a digest is made from. */
export interface DigestMatter extends Matter {
  /** What happened before this is not told again. */
  since: Instant
}

/** Everything a digest says below its greeting. */
export interface Contents {
  needs: Needs
  first?: Text
  onCall?: Text
  sections: Section[]
  /** How many parts could not be told. */
  troubles: number
  sources: Source[]
}

/** A moment some whole days from another. */
export const dayMoment = (at: Instant, days: number): Instant =>
  new Date(Date.parse(at) + days * 86_400_000).toISOString()
