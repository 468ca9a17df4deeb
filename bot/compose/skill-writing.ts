import type { People } from '../../skills/kit/ports.js'
import type { TenantStore } from '../store/contract.js'
import type { ConversationRecords } from '../store/records/conversation-records.js'
import { destinationOf } from '../store/records/destinations.js'
import { readPublished } from '../store/records/published-claims.js'
import type { SkillWriting } from '../store/records/skill-records.js'
import { enqueueWrite } from '../workers/outbox/enqueue.js'
import type { reachTeams } from './teams-reach.js'

/** What the writing of skills' records is made of. */
export interface SkillWritingParts {
  store: TenantStore
  conversations: ConversationRecords
  people: Pick<People, 'get'>
  reach: Pick<ReturnType<typeof reachTeams>, 'places'>
  /** Told after each commit. */
  committed(): void
}

/** How what skills commit reaches the store: whom a message goes to, and who looks up when there is work. */
export const skillWriting = ({ store, conversations, people, reach, committed }: SkillWritingParts): SkillWriting => ({
  destinationOf: (to) =>
    destinationOf(to, {
      conversations,
      objectIdOf: async (id) => (await people.get(id))?.objectId,
      channelOf: reach.places.channelOf,
    }),
  enqueue: enqueueWrite,
  published: readPublished(store),
  committed,
})
