/** What the page shows. The address keeps it, so that a reload and a link lead to the same thing. */
export type Route =
  | { view: 'list'; section: Section }
  | { view: 'place'; where: string; message?: string }
  | { view: 'behind'; tab: BehindTab }

/** An entry of the rail that has a list. */
export type Section = 'activity' | 'chat' | 'teams'
const behindTabs = ['wire', 'outbox', 'state', 'faults'] as const
export type BehindTab = (typeof behindTabs)[number]

const sections: Section[] = ['activity', 'chat', 'teams']

/** Reads `#where/message`, `#/chat`, `#/behind/wire`; a place's id may hold a slash, so known places are looked for. */
export function readRoute(hash: string, places: string[]): Route | undefined {
  const path = decodeURIComponent(hash.replace(/^#/, ''))
  if (path.startsWith('/')) {
    const [, first, second] = path.split('/')
    if (first === 'behind') return { view: 'behind', tab: behindTabs.find((tab) => tab === second) ?? 'wire' }
    const section = sections.find((name) => name === first)
    return section && { view: 'list', section }
  }
  const where = places.find((id) => path === id || path.startsWith(`${id}/`))
  if (where === undefined) return undefined
  const message = path.slice(where.length + 1)
  return message ? { view: 'place', where, message } : { view: 'place', where }
}

/** The address of a route, with its `#`. */
export function hashOf(route: Route): string {
  if (route.view === 'list') return `#/${route.section}`
  if (route.view === 'behind') return `#/behind/${route.tab}`
  return `#${route.where}${route.message ? `/${route.message}` : ''}`
}

/** Goes there; the page follows the address. */
export const go = (route: Route): void => void (location.hash = hashOf(route))
