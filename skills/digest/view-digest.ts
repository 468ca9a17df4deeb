import type { Text } from '../../cards/model.js'
import { answer, fact } from '../kit/answer.js'
import type { Instant, Person } from '../kit/model.js'
import type { SystemTurn } from '../kit/ports.js'
import type { CardBody, Reply, Section } from '../kit/reply.js'
import { clockIn, dayTitle, zoneTitle } from '../kit/zoned-time.js'
import { allOf, dayMoment, sayNeeds, sayParts, type Contents } from './contents.js'
import { findEdition, readEditionId, editionOf, type Edition } from './edition.js'
import { gatherContents } from './gather-contents.js'
import { changeButton, startButton, stopButton } from './set-digest.js'
import { readSetting } from './setting.js'

/** Draws a digest as it is now, for the one person it is of; nobody else is told anything. */
export async function viewDigest(
  id: string,
  viewer: Person | 'everyone',
  turn: SystemTurn<'catalog' | 'onCall' | 'proposals' | 'records'>,
): Promise<Reply> {
  const { account, day } = readEditionId(id)
  if (viewer === 'everyone' || viewer.objectId !== account)
    return answer({
      state: 'emphasis',
      topic: 'Digest',
      title: dayTitle(day),
      sentence: 'This digest is somebody’s own. Write “my digest” to me for yours.',
    })
  const edition = await findEdition(turn.records, account, day)
  const stopped = (await readSetting(turn.records, account))?.data.on === false
  const view = editionOf(account, day)
  const contents = await gatherContents(viewer, sinceOf(edition, turn.now), view, turn)
  const card: CardBody = {
    ...stateOf(contents),
    topic: `Digest · ${dayTitle(day)}`,
    title: `${greeting(viewer, turn.now)} ${firstName(viewer)}`,
    sentence: sentenceOf(contents, edition),
    facts: fact('On call', contents.onCall),
    sections: [...contents.sections, ...(stopped ? ended : foot(edition))],
  }
  return answer(card, {
    headline: headlineOf(card.title, contents),
    // The digest stays below what is pressed on it.
    buttons: stopped ? [{ ...startButton, then: view }, changeButton] : [changeButton, { ...stopButton, then: view }],
    sources: contents.sources,
    personal: [viewer.objectId],
  })
}

/** Whoever was away for long is told of the last week. */
function sinceOf(edition: Edition | undefined, now: Instant): Instant {
  const weekAgo = dayMoment(now, -7)
  const since = edition?.since ?? dayMoment(now, -1)
  return since > weekAgo ? since : weekAgo
}

function greeting({ zone }: Person, now: string): string {
  const time = clockIn(zone, now)
  return time < '12:00' ? 'Good morning' : time < '18:00' ? 'Good afternoon' : 'Good evening'
}

const firstName = ({ name }: Person): string => name.split(' ')[0] ?? name

function stateOf({ needs, troubles }: Contents): Pick<CardBody, 'state' | 'status'> {
  if (allOf(needs)) return { state: needs.incidents ? 'attention' : 'warning', status: sayNeeds(needs) }
  return troubles ? { state: 'warning', status: 'not all is known' } : { state: 'good', status: 'nothing needs you' }
}

/** What the number in the head is made of; on a quiet day all there is to say. */
function sentenceOf({ needs, troubles, sections, onCall }: Contents, edition: Edition | undefined): Text {
  const parts = sayParts(needs)
  const isQuiet = !sections.length && !onCall
  const calm = troubles
    ? 'Nothing that I can see needs you.'
    : isQuiet
      ? 'A quiet day: nothing waits for you, nothing of yours is broken, and nothing happened to it.'
      : 'Nothing waits for you, and nothing of yours is broken.'
  return [parts ? `${parts}.` : calm, ...lateness(edition)]
}

/** Why it comes late, or why the one before did not come at all. */
function lateness(edition: Edition | undefined): (string | { time: string })[] {
  if (edition?.missed)
    return [` ${dayTitle(edition.missed)} had none, because Nexus was away then; what happened since is in this one.`]
  return edition?.late ? [' Late, because Nexus was away at ', { time: edition.due }, '.'] : []
}

/** Whoever stopped it reads so on the card on which they did. */
const ended: Section[] = [
  { kind: 'text', title: 'Stopped', text: 'You get no more digests. “my digest” shows one at any time.' },
]

/** Whoever gets one for the first time reads how to have it otherwise. */
const foot = (edition: Edition | undefined): Section[] =>
  edition?.first
    ? [
        {
          kind: 'text',
          text: `It comes at ${clockIn(edition.zone, edition.due)}, ${zoneTitle(edition.zone)}. Say “send my digest at 9:00 on Mondays”, or “stop my digest”.`,
        },
      ]
    : []

/** For a lock screen: how much needs them, and what first. */
function headlineOf(title: string, { needs, first, troubles }: Contents): Text {
  if (!allOf(needs)) return `${title}: ${troubles ? 'nothing that I can see needs you' : 'nothing needs you'}.`
  return [`${title}: ${sayNeeds(needs)}. `, ...(typeof first === 'string' ? [first] : (first ?? []))]
}
