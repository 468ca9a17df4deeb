import type { Text } from '../../cards/model.js'
import { dotted, instantProp, listProp, textProp } from '../kit/answer.js'
import type { Filter } from '../kit/catalog/filter.js'
import type { Entity, Instant } from '../kit/model.js'
import type { SystemTurn } from '../kit/ports.js'
import type { Incident } from './incident.js'
import { listed } from './messages.js'
import { refKey } from '../kit/ref-key.js'

type Asking = Pick<SystemTurn<'catalog'>, 'catalog'>

/** What the catalog says around an incident, as facts of its card; each absent where nothing is known. */
export interface Around {
  /** Who feels it: what depends on the service, the nearest first. */
  hurts?: string
  /** What it depends on that alerts as well. */
  suspects?: string
  /** What changed shortly before, of the service and of what it depends on. */
  changed?: Text
  runbook?: Text
}

/** How far up trouble is felt, and how far down its cause is looked for, in steps. */
const depth = 3
/** How long before the first alert a change may be to be named, in milliseconds. */
const lately = 4 * 3_600_000
const changeKinds = ['Deployment', 'Change', 'Run']
const mostChanges = 2

/** Looks around an incident's service in the catalog. */
export async function lookAround({ service, services, opened }: Incident, turn: Asking): Promise<Around> {
  const entity = service && (await turn.catalog.get({ kind: 'Service', id: service.id }))
  if (!entity) return {}
  const [up, down] = await Promise.all([
    turn.catalog.reach(entity, { direction: 'up', depth }),
    turn.catalog.reach(entity, { direction: 'down', depth }),
  ])
  const alerting = new Set(services.map(({ id }) => id))
  const suspects = down.filter((one) => alerting.has(one.entity.id)).map((one) => one.entity.name)
  const changed = await changesOf([entity, ...down.map((one) => one.entity)], opened, turn)
  const runbook = runbookOf(entity) ?? (await runbooksFor(entity, turn))
  return {
    ...(up.length && { hurts: listed(up.map((one) => one.entity.name)) }),
    ...(suspects.length && { suspects: listed(suspects) }),
    ...(changed && { changed }),
    ...(runbook && { runbook }),
  }
}

async function changesOf(services: readonly Entity[], opened: Instant, { catalog }: Asking): Promise<Text | undefined> {
  const from = new Date(Date.parse(opened) - lately).toISOString()
  const found = new Map<string, { entity: Entity; at: Instant }>()
  for (const service of services)
    for (const { entity } of await catalog.related(service, { type: 'partOf', direction: 'in' })) {
      const at = instantProp(entity, 'at')
      if (changeKinds.includes(entity.kind) && at && at >= from) found.set(refKey(entity), { entity, at })
    }
  const newest = [...found.values()].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, mostChanges)
  const said = await Promise.all(
    newest.map(async ({ entity, at }) => sayChange(entity, at, await authorOf(entity, catalog))),
  )
  return dotted(...said)
}

/** Who made a change: a person of the catalog, by their mail or their GitHub login, else as the source calls them. */
async function authorOf(change: Entity, catalog: Asking['catalog']): Promise<string | undefined> {
  const [author] = await catalog.related(change, { type: 'authoredBy', direction: 'out' })
  if (author) return author.entity.name
  const login = textProp(change, 'gitHubLogin')
  if (login === undefined) return textProp(change, 'by')
  // GitHub's logins are the same in any case (GitHub Docs, "Username considerations"), as texts are to a filter.
  const isTheirs: Filter = { all: [{ kinds: ['Person'] }, { property: 'gitHubLogin', is: '=', value: login }] }
  const { entities } = await catalog.find({ filter: isTheirs, limit: 1 })
  return entities[0]?.name ?? `GitHub user ${login}`
}

function sayChange(change: Entity, at: Instant, by: string | undefined): Text {
  const what = textProp(change, 'title') ?? change.name
  return [`${what}${by ? ` by ${by}` : ''}, `, { time: at }]
}

/** The runbook that a service names: its own property, else the link that it calls one. */
function runbookOf(service: Entity): Text | undefined {
  const address = textProp(service, 'runbook')
  if (address) return linked(address, nameIn(address))
  for (const link of listProp(service, 'links')) {
    const { url, title } = (link ?? {}) as { url?: unknown; title?: unknown }
    if (typeof url !== 'string' || typeof title !== 'string' || !/^runbook\b/i.test(title)) continue
    return linked(url, title.replace(/^runbook\W*/i, '') || nameIn(url))
  }
  return undefined
}

/** Most runbooks that a card names. */
const mostRunbooks = 3

/** The runbooks that say of themselves that they are for a service, each a link to where it is read. */
async function runbooksFor(service: Entity, { catalog }: Asking): Promise<Text | undefined> {
  const found = await catalog.related(service, { type: 'documents', direction: 'in' })
  const links = found.slice(0, mostRunbooks).map(({ entity }) => linked(textProp(entity, 'url') ?? '', entity.name))
  const spans = links.flatMap((link, index) => [
    ...(index ? [', '] : []),
    ...(typeof link === 'string' ? [link] : link),
  ])
  return spans.length ? spans : undefined
}

/** The last part of an address in words: `…/auth-token-cache.md` is "auth token cache". */
const nameIn = (address: string): string =>
  (address.split(/[/?#]/).filter(Boolean).at(-1) ?? address).replace(/\.\w+$/, '').replace(/[-_]+/g, ' ')

const linked = (address: string, text: string): Text =>
  address.startsWith('https://') ? [{ link: address, text }] : address || text
