import type { Belongings } from '../kit/belongings.js'
import type { Entity } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { RereadReport } from '../kit/rereading.js'
import { refKey } from '../kit/ref-key.js'

/** Milliseconds that somebody waits for their sources; what takes longer comes in by itself. */
const patience = 2_500

/** What of somebody's is read anew, what they wait for first: what has happened does not change any more. */
const order = [
  'reviews',
  'pulls',
  'incidents',
  'alerts',
  'work',
  'pipelines',
  'schedules',
  'repositories',
  'environments',
  'services',
  'groups',
] as const satisfies (keyof Belongings)[]

/** Has what belongs to the asker read anew by whoever tells of it, and says what came of that. */
export async function rereadMine({ catalog, rereading, person }: Turn<'catalog' | 'rereading'>): Promise<string> {
  const me = await catalog.get({ kind: 'Person', id: person.id })
  if (!me) return sayReread([])
  const mine = await catalog.belongings(me)
  const things = new Map<string, Entity>()
  for (const thing of [...order.flatMap((part): Entity[] => mine[part]), me]) things.set(refKey(thing), thing)
  return sayReread(await rereading.anew([...things.values()], patience))
}

/** What came of it, in words. Pure. */
export function sayReread(reports: readonly RereadReport[]): string {
  const titled = (came: RereadReport['came']) =>
    reports.filter((report) => report.came === came).map(({ title }) => title)
  const said = (titles: readonly string[], words: (all: string) => string) =>
    titles.length ? [words(titles.join(', '))] : []
  const parts = [
    ...said(titled('read'), (all) => `Read anew from ${all}.`),
    ...said(titled('reading'), (all) => `Still being read: ${all}.`),
    ...said(titled('down'), (all) => `No answer, so as it was: ${all}.`),
    ...said(titled('whole'), (all) => `Read as a whole only, in its turn: ${all}.`),
  ]
  return ['Worked out anew.', ...parts].join(' ')
}
