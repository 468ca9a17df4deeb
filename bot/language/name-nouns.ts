import { describedWords } from './described-words.js'
import { keyOf } from './name-keys.js'
import { nameWords } from './name-words.js'
import type { NamedEntity } from './understanding.js'

type Fits = (entity: NamedEntity) => boolean

const isOf =
  (...kinds: readonly string[]): Fits =>
  ({ kind }) =>
    kinds.includes(kind)
const isApp: Fits = ({ kind, props }) =>
  kind === 'Service' || (kind === 'Resource' && /^microsoft\.(?:web|app)\//i.test(String(props?.type)))
const isDatabase: Fits = (entity) =>
  describedWords(entity).includes(' database ') || [entity.name, entity.id].flatMap(nameWords).includes('database')

/** Nouns that people say behind a name, and what each of them says of the thing. */
const nouns: Readonly<Record<string, Fits>> = {
  team: isOf('Team'),
  service: isOf('Service'),
  api: isOf('Service', 'Api'),
  app: isApp,
  repo: isOf('Repository'),
  repository: isOf('Repository'),
  database: isDatabase,
  db: isDatabase,
  pipeline: isOf('Pipeline'),
}

/** Endings of names that tell one thing of a name from another: the api and the worker of payments. */
const endings = new Set('api web app worker job bff gateway db database queue cache index function'.split(' '))
/** Nouns that say more than an ending does. */
const general = new Set(['service', 'team', 'repo', 'repository', 'pipeline'])
const alike: Readonly<Record<string, readonly string[]>> = { app: ['web', 'bff'], db: ['database'], database: ['db'] }

/** Whether a thing's own name ends in no other noun: "border api" is not border-web. */
function endsSo(noun: string, { name }: NamedEntity): boolean {
  const last = keyOf(name).split(' ').at(-1)!
  return general.has(noun) || !endings.has(last) || last === noun || alike[noun]?.includes(last) === true
}

/** A name whose noun was taken off, and whether a thing is what the noun says. */
export interface Bare {
  key: string
  fits: Fits
}

const ending = new RegExp(` (${Object.keys(nouns).join('|')})$`)

/** The name in front of the noun that says what it is: "payments service" is payments, as a service. Undefined where there is none. */
export function bareOf(key: string): Bare | undefined {
  const [said, noun] = ending.exec(key) ?? []
  return noun === undefined
    ? undefined
    : { key: key.slice(0, -said!.length), fits: (entity) => nouns[noun]!(entity) && endsSo(noun, entity) }
}
