import { fold } from './tokens.js'
import type { NamedEntity } from './understanding.js'

/** Endings that people leave out: "auth" is auth-api. */
const commonEndings = new Set(['api', 'service', 'svc', 'web', 'app', 'team'])
const exact = 1
const byAlias = 0.99
const byShortForm = 0.95
const byFirstName = 0.93
/** Longer ids are paths that nobody says. */
const longestId = 80

/** A name as it is compared: separators are spaces. */
export const keyOf = (name: string): string =>
  fold(name)
    .split(/[\s\-_./]+/)
    .filter(Boolean)
    .join(' ')

/** All that an entity is called, as keys, and how sure it is that each means it. */
export function keysOf({ kind, name, aliases, id }: NamedEntity): Map<string, number> {
  const keys = new Map<string, number>()
  const add = (text: string, weight: number) => {
    const key = keyOf(text)
    if (key && (keys.get(key) ?? 0) < weight) keys.set(key, weight)
  }
  add(name, exact)
  if (id.length <= longestId) add(id, exact)
  for (const alias of aliases) add(alias, byAlias)
  const words = keyOf(name).split(' ')
  if (words.length > 1 && commonEndings.has(words.at(-1)!)) add(words.slice(0, -1).join(' '), byShortForm)
  if (kind === 'Person') add(words[0]!, byFirstName)
  if (kind === 'Team') for (const said of [`${name} team`, `team ${name}`]) add(said, byAlias)
  if (kind === 'Service') for (const said of [`${name} service`, `service ${name}`]) add(said, byAlias)
  // Services are called so as well: "orders api" is the service, and only "api orders-api" what it offers.
  if (kind === 'Api') add(`api ${name}`, byAlias)
  if (kind === 'Repository') for (const noun of ['repository', 'repo']) add(`${noun} ${name}`, byAlias)
  return keys
}

/** Names without the noun that says what they are: "payments service" is payments. */
export const withoutNoun = (key: string): string =>
  key.replace(/ (team|service|api|app|repo|repository|database|db|pipeline)$/, '')
