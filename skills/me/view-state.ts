import type { Text } from '../../cards/model.js'
import { answer, count, fact, sourcesOf } from '../kit/answer.js'
import type { Belongings } from '../kit/belongings.js'
import { gatherNeeds, type Needed } from '../kit/mine/gather-needs.js'
import {
  allOf,
  joined,
  notKnown,
  orTrouble,
  saySilent,
  sayNeeds,
  sayParts,
  type Matter,
  type Part,
} from '../kit/mine/matter.js'
import { myPulls } from '../kit/mine/my-pulls.js'
import { myShifts } from '../kit/mine/my-shifts.js'
import type { Person } from '../kit/model.js'
import type { SystemTurn } from '../kit/ports.js'
import type { Button, CardBody, Reply, Section, ViewRef } from '../kit/reply.js'
import {
  alertSection,
  costFact,
  deedSection,
  deliverySection,
  deploymentSection,
  standingSections,
  workSection,
} from './state-sections.js'

/** What somebody's state is drawn from. */
export type StateTurn = SystemTurn<'catalog' | 'onCall' | 'proposals' | 'audit'>

/** Entries of the audit log that are looked at for what somebody did last. */
const lookedAt = 20

/** What names somebody's state on cards: whose it is, by Entra object id. */
export const stateOf = ({ objectId }: Person): ViewRef => ({ kind: 'MyState', id: objectId })

/** Draws somebody's state as it is now, for them alone; nobody else is told anything. */
export async function viewState(id: string, viewer: Person | 'everyone', turn: StateTurn): Promise<Reply> {
  if (viewer !== 'everyone' && viewer.objectId === id) return drawState(viewer, turn)
  return answer({
    state: 'emphasis',
    topic: 'My state',
    title: 'Somebody’s own',
    sentence: 'This is what is somebody’s own. Write “my stuff” to me for yours.',
  })
}

/** @param anew works out from nothing what belongs to them */
export async function drawState(person: Person, turn: StateTurn, anew = false): Promise<Reply> {
  const states = await turn.catalog.sources()
  const me = await turn.catalog.get({ kind: 'Person', id: person.id })
  if (!me)
    return answer({
      state: 'warning',
      topic: 'My state',
      title: person.name,
      sentence: 'The directory has no entry for you yet, so I know nothing of yours.',
    })
  const mine = await turn.catalog.belongings(me, anew)
  const matter: Matter = { person, mine, view: stateOf(person), turn }
  let onCall: Text | undefined
  const [needed, shifts, deeds] = await Promise.all([
    gatherNeeds(matter),
    orTrouble(
      'On call',
      myShifts(matter).then((said): Part => {
        onCall = said
        return { needs: 0 }
      }),
    ),
    orTrouble('What you did last', turn.audit.ownLatest(person, lookedAt).then(deedSection)),
  ])
  const parts = [needed.changes, needed.reviews, needed.broken, shifts, deeds]
  const troubles = [
    ...states.filter(({ down }) => down).map(saySilent),
    ...parts.flatMap((part) => part.troubles ?? []),
  ]
  const card: CardBody = {
    ...lookOf(needed, troubles.length),
    topic: 'My state',
    title: person.name,
    sentence: sentenceOf(needed, mine, troubles.length),
    facts: [
      ...fact(mine.teams.length === 1 ? 'Team' : 'Teams', mine.teams.map(({ name }) => name).join(', ')),
      ...fact('On call', onCall),
      ...costFact(mine),
    ],
    sections: [...sectionsOf(needed, deeds, matter), ...notKnown(troubles)],
  }
  const all = [me, ...Object.values(mine as unknown as Record<string, (typeof me)[]>).flat()]
  return answer(card, {
    headline: headlineOf(card, needed),
    buttons: buttonsFor(mine),
    sources: sourcesOf(all, states, `mine of Person ${me.id}`),
  })
}

function sectionsOf({ changes, reviews, broken }: Needed, deeds: Part, matter: Matter): Section[] {
  const { mine, turn } = matter
  const { section: pulls } = myPulls(matter)
  return [
    ...joined('Waiting for you', [changes, reviews]),
    ...(broken.section ? [broken.section] : []),
    ...alertSection(mine),
    ...(pulls ? [pulls] : []),
    ...deploymentSection(mine, turn.now),
    ...workSection(mine),
    ...standingSections(mine),
    ...deliverySection(mine),
    ...(deeds.section ? [deeds.section] : []),
  ]
}

function lookOf({ needs }: Needed, troubles: number): Pick<CardBody, 'state' | 'status'> {
  if (allOf(needs)) return { state: needs.incidents ? 'attention' : 'warning', status: sayNeeds(needs) }
  return troubles ? { state: 'warning', status: 'not all is known' } : { state: 'good', status: 'nothing needs you' }
}

function sentenceOf({ needs }: Needed, { alerts, services }: Belongings, troubles: number): Text {
  const firing = alerts.length ? `${count(alerts.length, 'alert')} firing` : ''
  const said = [sayParts(needs), firing].filter(Boolean).join(', ')
  if (said) return `${said}.`
  if (troubles) return 'Nothing that I can see waits for you.'
  return services.length
    ? `Nothing waits for you; your teams own ${count(services.length, 'service')}.`
    : 'Nothing waits for you.'
}

/** For a lock screen: how much needs them, and what first. */
function headlineOf({ sentence = '' }: CardBody, { needs, first }: Needed): Text {
  if (!allOf(needs) || first === undefined) return sentence
  return [`${sayNeeds(needs)}. `, ...(typeof first === 'string' ? [first] : first)]
}

function buttonsFor({ teams: [team], incidents }: Belongings): Button[] {
  const refresh: Button = { title: 'Refresh my state', intent: { command: 'me.refresh', args: {} } }
  if (!team) return [refresh]
  const ref = { kind: 'Team', id: team.id }
  const pager: Button = {
    title: `Who's on call for ${team.name}`,
    intent: { command: 'on-call.show', args: { target: ref } },
  }
  const broken: Button = {
    title: `Incidents of ${team.name}`,
    intent: { command: 'incident.list', args: { scope: ref } },
  }
  return [...(incidents.length ? [broken, pager] : [pager, broken]), refresh]
}
