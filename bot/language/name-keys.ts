import { fold } from './tokens.js'
import type { NamedEntity } from './understanding.js'

/** Endings that people leave out: "auth" is auth-api. */
const commonEndings = new Set(['api', 'service', 'svc', 'web', 'app', 'team'])
const exact = 1
const byAlias = 0.99
const byShortForm = 0.95
const byFirstName = 0.96
/** Longer ids are paths that nobody says. */
const longestId = 80

/** Letters without the marks above and below them: people write José as Jose. */
const withoutMarks = (text: string): string =>
  /^[ -~]*$/.test(text)
    ? text
    : text
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .normalize('NFC')

/** A name as it is compared: separators and signs are spaces, accents are gone. */
export const keyOf = (name: string): string =>
  withoutMarks(fold(name))
    .split(/[^\p{L}\p{N}\p{M}]+/u)
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
  if (/[a-z][A-Z]/.test(name)) add(name.replace(/(?<=[a-z\d])(?=[A-Z])/g, ' '), byAlias)
  if (kind === 'Person') {
    for (const part of [words[0]!, words.at(-1)!, `${words[0]!} ${words.at(-1)!.charAt(0)}`]) add(part, byFirstName)
    add(words.toReversed().join(' '), byAlias)
  }
  if (kind === 'Team') for (const said of [`${name} team`, `team ${name}`]) add(said, byAlias)
  // Services are called so as well: "orders api" is the service, and only "api orders-api" what it offers.
  if (kind === 'Api') add(`api ${name}`, byAlias)
  if (kind === 'Repository') for (const noun of ['repository', 'repo']) add(`${noun} ${name}`, byAlias)
  for (const said of numbered[kind] ?? []) {
    const number = /^[a-z]+-(\d+)$/i.exec(name)?.[1] ?? /^[a-z]+-(\d+)$/i.exec(id)?.[1]
    if (number !== undefined) add(said.replace('*', number), byAlias)
  }
  return keys
}

/** What people call a record that has a number: INC-118 is "118", "inc118" and "incident 118". */
const numbered: Readonly<Record<string, readonly string[]>> = {
  Incident: ['*', 'inc*', 'inc *', 'incident *', 'incident inc *', 'incident number *', 'outage *'],
  Proposal: ['*', 'pr*', 'proposal *', 'proposal pr *', 'proposal number *', 'change *', 'request *'],
}
