import type { Text } from '../../../cards/model.js'
import { brokenNow } from './broken-now.js'
import { orTrouble, type Matter, type Needs, type Part } from './matter.js'
import { waitingChanges } from './waiting-changes.js'
import { waitingReviews } from './waiting-reviews.js'

/** What needs a person now: the one answer to that, whoever asks. */
export interface Needed {
  needs: Needs
  /** What comes first, for a lock screen. */
  first?: Text
  changes: Part
  reviews: Part
  broken: Part
}

/** Gathers what needs a person; what cannot be told is a trouble of its part. */
export async function gatherNeeds(matter: Matter): Promise<Needed> {
  const [changes, reviews, broken] = await Promise.all([
    orTrouble('Changes that wait', waitingChanges(matter)),
    orTrouble('Reviews', waitingReviews(matter)),
    orTrouble('Incidents', brokenNow(matter)),
  ])
  const first = [changes, broken, reviews].find((part) => part.first !== undefined)?.first
  const needs = { changes: changes.needs, reviews: reviews.needs, incidents: broken.needs }
  return { needs, ...(first !== undefined && { first }), changes, reviews, broken }
}
