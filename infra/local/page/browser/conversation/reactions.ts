import { h } from '../dom.js'
import type { Message } from '../contract.js'
import type { Session } from '../session.js'

/** Teams' six reactions: what they are called, and a drawing of our own on a 20 by 20 grid. */
const faces = {
  like: {
    name: 'Like',
    drawing:
      '<path d="M3.5 9h3v8h-3zM7.5 9l3-6.5c1.6 0 2.3 1 2 2.4L12 8h3.7c1 0 1.7.9 1.5 1.9l-1.1 5.5A2 2 0 0 1 14.1 17H7.5z" fill="#ffc83d" stroke="#8a5a00"/>',
  },
  heart: {
    name: 'Heart',
    drawing:
      '<path d="M10 17S2.5 12.5 2.5 7.3A3.9 3.9 0 0 1 10 5.8a3.9 3.9 0 0 1 7.5 1.5C17.5 12.5 10 17 10 17z" fill="#d13438" stroke="#8f1d20"/>',
  },
  laugh: {
    name: 'Laugh',
    drawing:
      '<circle cx="10" cy="10" r="7.5" fill="#ffc83d" stroke="#8a5a00"/><path d="M5.5 10.5h9a4.5 4.5 0 0 1-9 0z" fill="#5c2b00"/><path d="M6.5 8 8 7M13.5 8 12 7" stroke="#5c2b00" fill="none"/>',
  },
  surprised: {
    name: 'Surprised',
    drawing:
      '<circle cx="10" cy="10" r="7.5" fill="#ffc83d" stroke="#8a5a00"/><circle cx="7.3" cy="8" r="1" fill="#5c2b00"/><circle cx="12.7" cy="8" r="1" fill="#5c2b00"/><circle cx="10" cy="13" r="2" fill="#5c2b00"/>',
  },
  sad: {
    name: 'Sad',
    drawing:
      '<circle cx="10" cy="10" r="7.5" fill="#ffc83d" stroke="#8a5a00"/><circle cx="7.3" cy="8.5" r="1" fill="#5c2b00"/><circle cx="12.7" cy="8.5" r="1" fill="#5c2b00"/><path d="M7 14a3.6 3.6 0 0 1 6 0" stroke="#5c2b00" fill="none"/>',
  },
  angry: {
    name: 'Angry',
    drawing:
      '<circle cx="10" cy="10" r="7.5" fill="#f7894a" stroke="#8a3500"/><path d="M5.8 6.8 8.3 8M14.2 6.8 11.7 8M7 14a3.6 3.6 0 0 1 6 0" stroke="#5c1a00" fill="none"/><circle cx="7.6" cy="9.3" r=".9" fill="#5c1a00"/><circle cx="12.4" cy="9.3" r=".9" fill="#5c1a00"/>',
  },
} as const

/** A reaction's id in the Bot Framework. */
export type Reaction = keyof typeof faces
export const reactionNames = Object.keys(faces) as Reaction[]
const isReaction = (name: string): name is Reaction => name in faces

/** A reaction's face; what it means is said on its button. */
function face(reaction: Reaction): HTMLElement {
  const span = h('span', { class: 'face', 'aria-hidden': 'true' })
  span.innerHTML = `<svg viewBox="0 0 20 20" width="18" height="18">${faces[reaction].drawing}</svg>`
  return span
}

/** A button that gives a reaction, or takes it back where the person has given it. */
export function reactionButton(session: Session, message: Message, reaction: Reaction, count?: number): HTMLElement {
  const given = message.reactions[reaction]?.includes(session.me.id) ?? false
  const { name } = faces[reaction]
  const who = (message.reactions[reaction] ?? []).map((id) => session.people.find((one) => one.id === id)?.name ?? id)
  return h(
    'button',
    {
      class: count === undefined ? 'icon-button' : 'reaction',
      type: 'button',
      'aria-pressed': given,
      'aria-label': count === undefined ? name : `${name}, ${count}: ${who.join(', ')}`,
      title: count === undefined ? name : `${name}: ${who.join(', ')}`,
      onclick: () => void session.attempt(() => session.service.react(message.id, reaction, given)),
    },
    face(reaction),
    count,
  )
}

/** The reactions a message has, with how many gave them. */
export function reactionRow(session: Session, message: Message): HTMLElement | undefined {
  const given = Object.entries(message.reactions).filter(([name, people]) => isReaction(name) && people.length > 0)
  if (!given.length) return undefined
  return h(
    'div',
    { class: 'reactions' },
    given.map(([name, people]) => reactionButton(session, message, name as Reaction, people.length)),
  )
}
