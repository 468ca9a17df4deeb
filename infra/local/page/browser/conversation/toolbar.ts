import type { Message } from '../contract.js'
import { h } from '../dom.js'
import { hashOf } from '../route.js'
import type { Session } from '../session.js'
import { moreButton, openMenu, type MenuItem } from '../shell/menu.js'
import { plainText } from '../text.js'
import { reactionButton, reactionNames } from './reactions.js'

/** What can be done to a message; it comes up when the message is hovered or has the focus. */
export function messageToolbar(session: Session, where: string, message: Message, edit: () => void): HTMLElement {
  const more = moreButton((anchor) => openMenu(anchor, items(session, where, message, edit)))
  const quick = message.private ? [] : reactionNames.slice(0, 4).map((name) => reactionButton(session, message, name))
  return h('div', { class: 'toolbar', role: 'toolbar', 'aria-label': 'Message' }, quick, more)
}

function items(session: Session, where: string, message: Message, edit: () => void): MenuItem[] {
  const { service } = session
  const link = () => `${location.origin}/${hashOf({ view: 'place', where, message: message.id })}`
  const mine = message.from.id === session.me.id
  return [
    { title: 'Copy text', icon: 'copy', run: () => void navigator.clipboard.writeText(plainText(message.text)) },
    { title: 'Copy link', icon: 'link', run: () => void navigator.clipboard.writeText(link()) },
    ...(message.refreshable
      ? [
          {
            title: 'Refresh card',
            icon: 'refresh' as const,
            run: () => void session.attempt(() => refresh(session, where, message)),
          },
        ]
      : []),
    ...(mine ? [{ title: 'Edit', icon: 'reply' as const, run: edit }] : []),
    ...(mine
      ? [{ title: 'Delete', icon: 'close' as const, run: () => void session.attempt(() => service.remove(message.id)) }]
      : []),
  ]
}

async function refresh(session: Session, where: string, message: Message): Promise<void> {
  const { card, error } = await session.service.refresh(message.id)
  if (error !== undefined) throw new Error(error)
  if (card) session.put(where, { ...message, cards: [card, ...message.cards.slice(1)] })
}
