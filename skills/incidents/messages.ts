import type { Span, State, Text } from '../../cards/model.js'
import { count, lasted } from '../kit/answer.js'
import type { Reply } from '../kit/reply.js'
import { severityWord, subjectOf, type Doer, type Incident, type News } from './incident.js'

/** A person as a mention where the directory gave an account, else by name. */
export const mentionOf = ({ objectId, name }: Doer): Span => (objectId ? { mention: name, id: objectId } : name)

/** The colour of an incident: who looks sees at once whether somebody is needed. */
export function colourOf({ state, severity }: Pick<Incident, 'state' | 'severity'>): State {
  if (state === 'resolved') return 'good'
  if (state === 'snoozed') return 'emphasis'
  return state === 'triggered' && (severity === undefined || severity <= 2) ? 'attention' : 'warning'
}

/** `SEV 1 · INC-131` */
export const topicOf = (incident: Incident): string => [severityWord(incident), incident.id].filter(Boolean).join(' · ')

/** What a lock screen shows of an incident: severity, what is wrong, its name, and what to do or who has it. */
export function pushOf(incident: Incident): Text {
  return [
    `${[severityWord(incident), subjectOf(incident)].filter(Boolean).join(' · ')}, ${incident.id}. `,
    ...nextOf(incident),
  ]
}

function nextOf({ state, assigned, acknowledged, snoozedUntil, opened, resolved }: Incident): Span[] {
  const hand = assigned ?? acknowledged?.by
  switch (state) {
    case 'triggered':
      return [assigned ? `Waits for ${assigned.name}.` : 'Acknowledge or open.']
    case 'acknowledged':
      return [hand ? `${hand.name} has it.` : 'Acknowledged.']
    case 'snoozed':
      return snoozedUntil ? ['Snoozed until ', { time: snoozedUntil }, '.'] : ['Snoozed.']
    case 'resolved':
      return [`Resolved after ${lasted(opened, resolved?.at ?? opened)}.`]
  }
}

/** A message of its own that rings: edits do not. */
function ringing(incident: Incident, text: Text, sentence: Text): Reply {
  const title = incident.service?.name ?? incident.title
  return { text, card: { lean: true, state: colourOf(incident), topic: topicOf(incident), title, sentence } }
}

const names = (people: readonly Doer[]): Span[] =>
  people.flatMap((person, index) => [...(index ? [', '] : []), mentionOf(person)])

/** Calls who is on call. */
export function callOnCall(incident: Incident): Reply {
  const what = [severityWord(incident), subjectOf(incident)].filter(Boolean).join(' · ')
  const who = incident.onCall.map(({ name }) => name).join(', ')
  return ringing(incident, `${what}, ${incident.id}. ${who}: acknowledge or open.`, [
    ...names(incident.onCall),
    incident.onCall.length > 1 ? ' are on call for it: ' : ' is on call for it: ',
    'acknowledge, hand it on, or say that you can’t.',
  ])
}

/** Tells somebody that an incident was handed to them. */
export function callAssigned(incident: Incident, to: Doer, by: Doer | undefined): Reply {
  const giver = by?.name ?? 'Somebody'
  return ringing(
    incident,
    `${giver} handed ${incident.id} to ${to.name}: ${subjectOf(incident)}. Acknowledge or open.`,
    [mentionOf(to), `: ${giver} handed this to you. Acknowledge it when you have it.`],
  )
}

/** Says that an incident waits for somebody again. */
export function callAgain(incident: Incident, why: Text): Reply {
  const people = incident.assigned ? [incident.assigned] : incident.onCall
  const what = [severityWord(incident), subjectOf(incident)].filter(Boolean).join(' · ')
  const because = withoutStop(why)
  return ringing(
    incident,
    [`${what}, ${incident.id} waits again: `, ...because, '. Acknowledge or open.'],
    [...names(people), ...(people.length ? [': '] : []), 'it waits for somebody again. ', ...because, '.'],
  )
}

/** Words to go on from, whether or not somebody ended theirs with a full stop. */
function withoutStop(said: Text): Span[] {
  const spans: Span[] = typeof said === 'string' ? [said] : said
  return spans.map((span, index) =>
    index === spans.length - 1 && typeof span === 'string' ? span.replace(/\.$/, '') : span,
  )
}

/** Several pieces of news as one reply, or undefined where they come to nothing: what ended and began again did neither. */
export function sayNews(incident: Incident, news: readonly News[]): Reply | undefined {
  const last = news.findLast(({ what }) => what === 'resolved' || what === 'reopened')
  const turns = news.filter(({ what }) => what === 'resolved' || what === 'reopened')
  const ended = last?.what === 'resolved' && incident.state === 'resolved' ? last : undefined
  const back = last?.what === 'reopened' && turns.length % 2 === 1 && incident.state !== 'resolved' ? last : undefined
  if (back) return callAgain(incident, back.text)
  const worst = news.flatMap((one) => (one.what === 'worse' ? [one.severity] : [])).sort()[0]
  const spread = [...new Set(news.flatMap((one) => (one.what === 'spread' ? [one.service] : [])))]
  // What has recovered before it was told is no news.
  const lasts = !ended && incident.alerts.firing > 0
  const parts: string[] = [
    ...(ended
      ? [`Resolved after ${lasted(incident.opened, incident.resolved!.at)}: ${plain(withoutStop(ended.text))}.`]
      : []),
    ...(lasts && worst !== undefined ? [`It is SEV ${worst} now.`] : []),
    ...(lasts && spread.length
      ? [
          `${listed(spread)} ${spread.length === 1 ? 'alerts' : 'alert'} too: ${count(incident.services.length, 'service')} in all.`,
        ]
      : []),
  ]
  if (!parts.length) return undefined
  const said = parts.join(' ')
  return ringing(incident, `${topicOf(incident)}: ${said}`, said)
}

const plain = (text: Text): string =>
  typeof text === 'string' ? text : text.filter((span): span is string => typeof span === 'string').join('')

/** Names in a sentence, the first four of them. */
export function listed(names: readonly string[], most = 4): string {
  if (names.length <= 1) return names.join('')
  const more = names.length - most
  if (more > 0) return `${names.slice(0, most).join(', ')} and ${more} more`
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
