import type { Button, CardData } from '../../model.js'

/** A card to draw: `name` is the file's, `shows` says what to look at. */
export type Sample = { name: string; shows: string; data: CardData }

/** The moment of every sample: a Thursday night in which auth fails. */
export const now = '2026-11-19T02:18:00Z'

/** A moment so many minutes before `now` (negative: after it). */
export const minutesAgo = (minutes: number): string => new Date(Date.parse(now) - minutes * 60_000).toISOString()

/** A button that answers in place; its id is made from its title, where the server would give a random one. */
export const press = (title: string, style?: 'positive' | 'destructive'): Button & { kind: 'execute' } => ({
  kind: 'execute',
  title,
  id:
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60) || 'x',
  style,
})

const ids: Record<string, string> = {
  'Dana Ortiz': '6f1d7c1e-0a52-4c7e-9a8e-2f5b7a1c0d01',
  'Lee Park': '6f1d7c1e-0a52-4c7e-9a8e-2f5b7a1c0d02',
  'Mei Tan': '6f1d7c1e-0a52-4c7e-9a8e-2f5b7a1c0d03',
  'Sam Okafor': '6f1d7c1e-0a52-4c7e-9a8e-2f5b7a1c0d04',
}

/** A person of Contoso as a mention. */
export const person = (name: string) => ({ mention: name, id: ids[name] ?? '6f1d7c1e-0a52-4c7e-9a8e-2f5b7a1c0dff' })
