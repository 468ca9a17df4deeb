import { avatar } from '../avatar.js'
import type { Person } from '../contract.js'
import { fill, h } from '../dom.js'
import { icon } from '../icons.js'
import type { Session } from '../session.js'
import { applyTheme, currentTheme, themeNames, themes } from '../theme.js'
import { moveFocus, openPopover } from './menu.js'

const authorOf = ({ id, name }: Person) => ({ id, name, bot: false })

/** Opens the menu at the top right: theme, and whose eyes the page looks through. */
export function openPersonMenu(
  anchor: HTMLElement,
  session: Session,
  become: (id: string) => void,
  themed: () => void,
): void {
  const search = h('input', { type: 'search', placeholder: 'Find somebody', 'aria-label': 'Find somebody' })
  const list = h('div', { class: 'people', role: 'group', 'aria-label': 'Look as somebody else' })
  const show = () => {
    const words = search.value.trim().toLowerCase()
    const found = session.people.filter((person) =>
      JSON.stringify([person.id, person.name, person.title, person.team, person.teamName, person.roles])
        .toLowerCase()
        .includes(words),
    )
    fill(
      list,
      found.map((person) => line(person, session, become)),
      found.length === 0 && h('p', { class: 'quiet pad' }, 'Nobody of that name.'),
    )
  }
  search.addEventListener('input', show)
  search.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') list.querySelector('button')?.click()
  })
  const { me } = session
  const menu = h(
    'div',
    { class: 'menu person-menu', role: 'dialog', 'aria-label': 'Account' },
    h(
      'div',
      { class: 'me' },
      avatar(authorOf(me), 40),
      h('div', {}, h('b', {}, me.name), h('span', {}, [me.title, me.zone].filter(Boolean).join(' · '))),
    ),
    themeChoice(themed),
    h('div', { class: 'menu-label' }, 'Look as somebody else'),
    h('label', { class: 'find' }, icon('search', 16), search),
    list,
  )
  menu.addEventListener('keydown', (event) =>
    moveFocus(event, [search, ...list.querySelectorAll<HTMLElement>('button')]),
  )
  show()
  openPopover(anchor, menu)
  search.focus()
}

function line(person: Person, session: Session, become: (id: string) => void): HTMLElement {
  const detail = [person.title ?? person.roles.join(', '), person.teamName ?? person.team].filter(Boolean).join(' · ')
  const isMe = person.id === session.me.id
  return h(
    'button',
    {
      class: 'menu-item person',
      type: 'button',
      'aria-current': isMe ? 'true' : undefined,
      onclick: () => become(person.id),
    },
    avatar(authorOf(person), 32),
    h('span', { class: 'person-name' }, h('span', {}, person.name), h('small', {}, detail)),
    isMe && icon('check', 16),
  )
}

function themeChoice(themed: () => void): HTMLElement {
  const choices = themes.map((theme) => {
    const input = h('input', { type: 'radio', name: 'theme', value: theme, checked: theme === currentTheme() })
    input.addEventListener('change', () => {
      applyTheme(theme, true)
      themed()
    })
    return h('label', {}, input, h('span', {}, themeNames[theme]))
  })
  return h('fieldset', { class: 'themes' }, h('legend', { class: 'menu-label' }, 'Theme'), choices)
}
