import { avatar } from '../avatar.js'
import type { Message, Place } from '../contract.js'
import { h } from '../dom.js'
import { hashOf } from '../route.js'
import type { Session } from '../session.js'
import { lineOf, placeInTeam } from '../summary.js'
import { listTime } from '../time.js'

/** Something that concerns the person: a mention, a reply in a thread they took part in, a message only they see. */
export interface Activity {
  message: Message
  place: Place
  what: string
  isNew: boolean
}

/** Activities shown at most. */
const most = 60

/** What concerns the person in the channels, newest first. */
export function mentionsOf(session: Session): Activity[] {
  const { me } = session
  const channels = session.places.filter(({ kind }) => kind === 'channel')
  const found = channels.flatMap((place) => {
    const messages = session.messages(place.id)
    const mine = new Set(messages.filter(({ from }) => from.id === me.id).map(({ id, replyTo }) => replyTo ?? id))
    const unread = new Set(session.unread(place.id))
    return messages
      .filter(({ from }) => from.id !== me.id)
      .map((message) => ({ message, place, what: whatOf(message, me.name, mine), isNew: unread.has(message) }))
      .filter((one): one is Activity => one.what !== undefined)
  })
  return found.sort((a, b) => Date.parse(b.message.at) - Date.parse(a.message.at)).slice(0, most)
}

function whatOf(message: Message, me: string, mine: Set<string>): string | undefined {
  const name = message.from.name
  if (message.private) return `${name} showed you something`
  if (message.text.includes(`<at>${me}</at>`) || message.text.toLowerCase().includes(`@${me.toLowerCase()}`))
    return `${name} mentioned you`
  if (message.replyTo !== undefined && mine.has(message.replyTo)) return `${name} replied`
  return undefined
}

/** One line of the activity list. */
export function activityLine(session: Session, { message, place, what, isNew }: Activity): HTMLElement {
  return h(
    'a',
    { class: isNew ? 'entry unread' : 'entry', href: hashOf({ view: 'place', where: place.id, message: message.id }) },
    avatar(message.from, 32),
    h(
      'span',
      { class: 'entry-main' },
      h(
        'span',
        { class: 'entry-top' },
        h('span', { class: 'entry-name' }, what),
        h('time', {}, listTime(message.at, session.reader)),
      ),
      h('span', { class: 'entry-last' }, lineOf(message)),
      h('span', { class: 'entry-last' }, placeInTeam(place)),
    ),
  )
}
