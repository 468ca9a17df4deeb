import type { Text } from '../../cards/model.js'
import { sourceOf } from '../kit/answer.js'
import { belongingsOf } from '../kit/belongings.js'
import { Fault } from '../kit/errors.js'
import type { Instant, Person } from '../kit/model.js'
import type { SourceState } from '../kit/ports.js'
import type { Section, ViewRef } from '../kit/reply.js'
import { brokenNow } from './broken-now.js'
import type { Contents, Matter, Part } from './contents.js'
import { lately } from './lately.js'
import { myPulls } from './my-pulls.js'
import { myShifts } from './my-shifts.js'
import { waitingChanges } from './waiting-changes.js'
import { waitingReviews } from './waiting-reviews.js'

/**
 * Gathers what a digest tells. A part that cannot be told says so in a line of its own and keeps no other from being told.
 * @param since what happened before it is not told again
 */
export async function gatherContents(
  person: Person,
  since: Instant,
  view: ViewRef,
  turn: Matter['turn'],
): Promise<Contents> {
  const states = await turn.catalog.sources()
  const me = await turn.catalog.get({ kind: 'Person', id: person.id })
  const silent = states.filter(({ down }) => down).map(saySilent)
  if (!me) return untold([...silent, 'The directory has no entry for you yet, so I know nothing of yours.'], states)
  const matter: Matter = { person, me, ...(await belongingsOf(me, turn.catalog)), since, view, turn }
  const told = (what: string, part: Promise<Part>) => part.catch((error: unknown) => trouble(what, error))
  const [changes, reviews, broken, past, pulls, shifts] = await Promise.all([
    told('Changes that wait', waitingChanges(matter)),
    told('Reviews', waitingReviews(matter)),
    told('Incidents', brokenNow(matter)),
    told('What happened', lately(matter)),
    told('My pull requests', myPulls(matter)),
    myShifts(matter).then(
      (onCall) => ({ onCall, needs: 0 }),
      (error: unknown) => trouble('On call', error),
    ),
  ])
  const parts: Part[] = [changes, reviews, broken, past, pulls, shifts]
  const troubles = [...silent, ...parts.flatMap((part) => part.troubles ?? [])]
  const first = [changes, broken, reviews].find((part) => part.first !== undefined)?.first
  return {
    needs: { changes: changes.needs, reviews: reviews.needs, incidents: broken.needs },
    ...(first !== undefined && { first }),
    ...('onCall' in shifts && shifts.onCall !== undefined && { onCall: shifts.onCall }),
    sections: [
      ...joined('Waiting for you', [changes, reviews]),
      ...parts.slice(2).flatMap(({ section }) => section ?? []),
      ...troubled(troubles),
    ],
    troubles: troubles.length,
    sources: states.flatMap((state) => sourceOf(state)),
  }
}

/** What waits is one list, whatever it is; what is settled already stands at its end. */
function joined(title: string, parts: readonly Part[]): Section[] {
  const waiting = parts.flatMap(({ section }) => (section?.kind === 'rows' ? section.rows : []))
  const rows = [...waiting, ...parts.flatMap(({ settled }) => settled ?? [])]
  return rows.length ? [{ kind: 'rows', title, rows }] : []
}

const untold = (troubles: Text[], states: readonly SourceState[]): Contents => ({
  needs: { changes: 0, reviews: 0, incidents: 0 },
  sections: troubled(troubles),
  troubles: troubles.length,
  sources: states.flatMap((state) => sourceOf(state)),
})

const troubled = (items: Text[]): Section[] => (items.length ? [{ kind: 'list', title: 'Not known', items }] : [])

const saySilent = ({ title, down, asOf }: SourceState): Text => [
  `${title} has not answered since `,
  { time: down!.since },
  ...(asOf ? ['; what it knows is from ', { time: asOf } as const] : []),
  '.',
]

/** What failed, in one line; the words of a failure that is nobody's fault are for the log. */
const trouble = (what: string, error: unknown): Part => ({
  needs: 0,
  troubles: [`${what}: ${error instanceof Fault ? error.message : 'I can’t tell, something in Nexus failed.'}`],
})
