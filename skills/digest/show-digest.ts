import type { Turn } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'
import { dayIn } from '../kit/zoned-time.js'
import { editionOf } from './edition.js'
import { viewDigest } from './view-digest.js'

/** Shows the asker's digest as it is now; where others read along, to the asker alone. */
export async function showDigest(turn: Turn<'catalog' | 'onCall' | 'proposals' | 'records'>): Promise<Reply> {
  const { person, place, now } = turn
  const view = editionOf(person.objectId, dayIn(person.zone, now))
  const digest = await viewDigest(view.id, person, turn)
  if (place.kind === 'personal' || place.kind === 'terminal') return { ...digest, view }
  return { text: 'Your digest is for you alone: nobody else here sees it.', private: digest }
}
