import type { Session } from '../session.js'
import type { Trigger } from './editor.js'

/** A line of the picker. */
export interface Offer {
  title: string
  detail: string
  author?: { id: string; name: string; bot: boolean }
  /** Mention of a person or of Nexus. */
  mention?: string
  /** Words that take the place of what was typed. */
  text?: string
}

/** Lines a picker shows at most; it scrolls. */
const most = 12

/** What the picker offers for what stands before the caret: people, Nexus first, or the app's commands. */
export function offersFor(session: Session, isChannel: boolean, { mark, typed }: Trigger): Offer[] {
  const words = typed.trim().toLowerCase()
  const offers = mark === '@' ? mentions(session, words) : commands(session, isChannel, words)
  return offers.slice(0, most)
}

function mentions({ people, me }: Session, words: string): Offer[] {
  const nexus: Offer = {
    title: 'Nexus',
    detail: 'App',
    mention: 'Nexus',
    author: { id: 'nexus', name: 'Nexus', bot: true },
  }
  const others = people
    .filter(({ id }) => id !== me.id)
    .map(({ id, name, title, teamName, team }): Offer => ({
      title: name,
      detail: [title, teamName ?? team].filter(Boolean).join(' · '),
      mention: name,
      author: { id, name, bot: false },
    }))
    .sort((a, b) => a.title.localeCompare(b.title))
  return [nexus, ...others].filter(({ title }) => matches(title, words))
}

/** A name matches where it, or one of its words, begins so. */
const matches = (name: string, words: string): boolean => {
  const lower = name.toLowerCase()
  return lower.startsWith(words) || lower.split(/\s+/).some((word) => word.startsWith(words))
}

function commands(session: Session, isChannel: boolean, words: string): Offer[] {
  const all = (isChannel ? session.commands.team : session.commands.personal) ?? []
  return all
    .filter(({ triggers }) => !isChannel || !triggers || triggers.includes('slash'))
    .filter(
      ({ title, description }) => title.toLowerCase().includes(words) || description.toLowerCase().includes(words),
    )
    .sort((a, b) => Number(b.title.toLowerCase().startsWith(words)) - Number(a.title.toLowerCase().startsWith(words)))
    .map(({ title, description }) => ({
      title: `/${title.replace(/^\//, '')}`,
      detail: description,
      text: `/${title.replace(/^\//, '')}\u00a0`,
    }))
}
