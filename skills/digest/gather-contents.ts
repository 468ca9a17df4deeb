import type { Text } from '../../cards/model.js'
import { sourceOf } from '../kit/answer.js'
import { gatherNeeds } from '../kit/mine/gather-needs.js'
import { joined, notKnown, orTrouble, saySilent, type Part } from '../kit/mine/matter.js'
import { myPulls } from '../kit/mine/my-pulls.js'
import { myShifts } from '../kit/mine/my-shifts.js'
import type { Instant, Person } from '../kit/model.js'
import type { SourceState } from '../kit/ports.js'
import type { ViewRef } from '../kit/reply.js'
import type { Contents, DigestMatter } from './contents.js'
import { lately } from './lately.js'

/**
 * Gathers what a digest tells. A part that cannot be told says so in a line of its own and keeps no other from being told.
 * @param since what happened before it is not told again
 */
export async function gatherContents(
  person: Person,
  since: Instant,
  view: ViewRef,
  turn: DigestMatter['turn'],
): Promise<Contents> {
  const states = await turn.catalog.sources()
  const me = await turn.catalog.get({ kind: 'Person', id: person.id })
  const silent = states.filter(({ down }) => down).map(saySilent)
  if (!me) return untold([...silent, 'The directory has no entry for you yet, so I know nothing of yours.'], states)
  const matter: DigestMatter = { person, mine: await turn.catalog.belongings(me), since, view, turn }
  let onCall: Text | undefined
  const [needed, past, shifts] = await Promise.all([
    gatherNeeds(matter),
    orTrouble('What happened', lately(matter)),
    orTrouble(
      'On call',
      myShifts(matter).then((said): Part => {
        onCall = said
        return { needs: 0 }
      }),
    ),
  ])
  const { changes, reviews, broken } = needed
  const parts: Part[] = [changes, reviews, broken, past, myPulls(matter), shifts]
  const troubles = [...silent, ...parts.flatMap((part) => part.troubles ?? [])]
  return {
    needs: needed.needs,
    ...(needed.first !== undefined && { first: needed.first }),
    ...(onCall !== undefined && { onCall }),
    sections: [
      ...joined('Waiting for you', [changes, reviews]),
      ...parts.slice(2).flatMap(({ section }) => section ?? []),
      ...notKnown(troubles),
    ],
    troubles: troubles.length,
    sources: states.flatMap((state) => sourceOf(state)),
  }
}

const untold = (troubles: Text[], states: readonly SourceState[]): Contents => ({
  needs: { changes: 0, reviews: 0, incidents: 0 },
  sections: notKnown(troubles),
  troubles: troubles.length,
  sources: states.flatMap((state) => sourceOf(state)),
})
