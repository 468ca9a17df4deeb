import type { Instant } from '../../../skills/kit/model.js'
import type { Fields } from '../../fields.js'
import { path, type Answer, type AzureDevOpsClient } from './azure-devops-client.js'
import type { Unread } from './unread.js'

/** What every reader of Azure DevOps reads with. */
export interface Reading {
  client: AzureDevOpsClient
  signal: AbortSignal
  unread: Unread
  /** Address of the organisation, without a slash at its end. */
  organisation: string
  /** Business time, for what "lately" means. */
  now(): Instant
}

/** A project of the organisation. */
export interface Project {
  /** A GUID. */
  id: string
  name: string
  visibility: string
}

/** Items on a page, of lists that are paged by a number of items to skip. */
const perPage = 100

/** All items of a list that is paged by `$top` and `$skip`. */
export async function readSkipping(read: (paging: Record<string, number>) => Promise<Answer>): Promise<Fields[]> {
  const found: Fields[] = []
  for (;;) {
    const { items } = await read({ $top: perPage, $skip: found.length })
    found.push(...items)
    if (items.length < perPage) return found
  }
}

/** All items of a list that is paged by a continuation token. */
export async function readTokens(read: (token: { continuationToken?: string }) => Promise<Answer>): Promise<Fields[]> {
  const found: Fields[] = []
  let token: string | undefined
  do {
    const { items, next } = await read(token === undefined ? {} : { continuationToken: token })
    found.push(...items)
    // The same token again would read the same page for ever.
    token = next === token ? undefined : next
  } while (token !== undefined)
  return found
}

/** The organisation's projects that are there to be read, by name. */
export async function readProjects({ client, signal }: Reading): Promise<Project[]> {
  const found = await readSkipping((paging) =>
    client.get('_apis/projects', { ...paging, stateFilter: 'wellFormed' }, signal),
  )
  return found
    .flatMap((one): Project[] => {
      const [id, name] = [one.text('id'), one.text('name')]
      return id && name ? [{ id: id.toLowerCase(), name, visibility: one.text('visibility') ?? 'private' }] : []
    })
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
}

/** By what projects are ordered. */
export const placeOf = ({ name }: Project): string => name.toLowerCase()

/** A project's page that people open. */
export const webOf = ({ organisation }: Pick<Reading, 'organisation'>, project: string, rest: string): string =>
  `${organisation}/${path`${project}`}/${rest}`

/** A branch as people name it. */
export const branchOf = (ref: string | undefined): string | undefined => ref?.replace(/^refs\/(heads|tags)\//, '')

/** How long something took, in minutes with one decimal. */
export function minutesBetween(from: Instant | undefined, to: Instant | undefined): { duration?: number } {
  const took = Date.parse(to ?? '') - Date.parse(from ?? '')
  return took >= 0 ? { duration: Math.round(took / 6_000) / 10 } : {}
}

/** The properties that are there. */
export function given<T>(props: Record<string, T | undefined>): Record<string, T> {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as Record<string, T>
}
