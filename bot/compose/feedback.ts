import { caseOf, thumbKind, type Feedback } from '../../skills/feedback/feedback.js'
import { readFeedback } from '../../skills/feedback/list-feedback.js'
import type { Instant, Json } from '../../skills/kit/model.js'
import type { Records } from '../../skills/kit/records.js'
import type { Thumb } from '../channels/teams/read-thumb.js'
import type { Caller } from '../hub/caller.js'
import type { Rateable } from '../../skills/kit/rateable.js'
import type { ratedRecords } from '../store/records/rated-records.js'

/** Thumbs from the answer that asks for them to the case that they become. */
export function keepFeedback(
  rated: ReturnType<typeof ratedRecords<Rateable>>,
  records: Pick<Records, 'find' | 'commit'>,
  clock: { now(): Instant },
) {
  return {
    /** Remembers what an answer was made of, so that a thumb on its message can be kept with it. */
    said: (conversation: string, message: string, rateable: Rateable) => rated.keep(conversation, message, rateable),

    /** Keeps a thumb; a second one of the same person takes the first one's place. @returns false where nothing is rated there */
    async rate({ message, reaction, text }: Thumb, { person, place }: Caller): Promise<boolean> {
      const rateable = await rated.get(place.id, message)
      if (!rateable) return false
      const feedback: Feedback = {
        ...rateable,
        reaction,
        text,
        by: { id: person.id, objectId: person.objectId, name: person.name },
        place: { kind: place.kind, ...(place.name && { name: place.name }) },
        at: clock.now(),
      }
      await records.commit(rated.idOf(place.id, message), [
        { op: 'put', kind: thumbKind, id: person.objectId, data: feedback as unknown as Json },
      ])
      return true
    },

    /** Every thumb as a case of the language evaluation, the newest first. */
    cases: async (): Promise<Json[]> => (await readFeedback(records)).map(caseOf),
  }
}
