import { setCardReader } from './card/renderer.js'
import { fill, h } from './dom.js'
import { readPeople } from './service.js'
import { Session } from './session.js'
import { closePopover } from './shell/menu.js'
import { Page } from './shell/page.js'
import { applyTheme, chosenTheme } from './theme.js'

const root = document.querySelector<HTMLElement>('#page') ?? document.body
const spoken = h('div', { class: 'spoken', role: 'status', 'aria-live': 'polite' })
const note = h('div', { class: 'note', role: 'alert', hidden: true })
let noteTimer: ReturnType<typeof setTimeout> | undefined
let page: Page | undefined
let session: Session | undefined

/** Opens the page as the person of the address (`?as=dana`), else as the one of the last visit, else as the first. */
async function open(): Promise<void> {
  session?.end()
  const people = await readPeople()
  const wished = new URLSearchParams(location.search).get('as') ?? localStorage.getItem('nexus.as')
  const me = people.find(({ id }) => id === wished) ?? people[0]
  if (!me) throw new Error('The organisation has no people.')
  remember(me.id)
  setCardReader(me.name)
  const opened = new Session(me, people, updateSoon, (words) => void (spoken.textContent = words), complain)
  await opened.start()
  session = opened
  page = new Page(opened, root, become)
  page.follow(location.hash)
}

/** Keeps the person in the address and for the next visit. */
function remember(id: string): void {
  const address = new URL(location.href)
  address.searchParams.set('as', id)
  history.replaceState(null, '', address)
  localStorage.setItem('nexus.as', id)
}

/** Looks through somebody else's eyes, at the same channel where there is one. */
function become(id: string): void {
  closePopover()
  const { hash } = location
  remember(id)
  if (hash.startsWith('#personal/')) history.replaceState(null, '', `#personal/${id}`)
  open().catch(fail)
}

let due = false

/** Draws once for many changes that come together. */
function updateSoon(): void {
  if (due) return
  due = true
  setTimeout(() => {
    due = false
    page?.update()
  }, 0)
}

function complain(words: string): void {
  note.textContent = words
  note.hidden = false
  clearTimeout(noteTimer)
  noteTimer = setTimeout(() => (note.hidden = true), 8_000)
}

function fail(error: Error): void {
  const again = h('button', { class: 'primary', type: 'button', onclick: () => void open().catch(fail) }, 'Try again')
  fill(
    root,
    h(
      'div',
      { class: 'failed', role: 'alert' },
      h('h1', {}, 'Teams (local) can’t be shown'),
      h('p', {}, error.message),
      again,
    ),
  )
}

applyTheme(chosenTheme(), false)
document.body.append(spoken, note)
addEventListener('hashchange', () => page?.follow(location.hash))
addEventListener('focus', updateSoon)
document.addEventListener('keydown', (event) => page?.key(event))
setInterval(updateSoon, 30_000)
open().catch(fail)
