import { createHash } from 'node:crypto'
import { objectAt } from '../json.js'
import type { Json } from '../json.js'
import { ArmRefusal } from '../refusals.js'
import type { StoredResource } from '../state.js'
import type { Effect, Effects } from './effect.js'

interface Generation {
  number: number
  created: string
}

/** How often a key was regenerated, and when last. */
function generation(stored: StoredResource, name: string): Generation {
  const found = objectAt(objectAt(stored.hidden, 'keys'), name)
  return { number: Number(found['number'] ?? 0), created: String(found['created'] ?? stored.created) }
}

/** The key of a generation: base64 like the real one, and worthless outside the local tenant. */
const keyValue = (stored: StoredResource, name: string): string =>
  createHash('sha512')
    .update(`local/${stored.resource.id.toLowerCase()}/${name}/${generation(stored, name).number}`)
    .digest('base64')

const regenerated = (stored: StoredResource, name: string, now: Date): void => {
  const { number } = generation(stored, name)
  const keys = { ...objectAt(stored.hidden, 'keys'), [name]: { number: number + 1, created: now.toISOString() } }
  stored.hidden['keys'] = keys
}

const storageKeys = (stored: StoredResource): Json => ({
  keys: ['key1', 'key2'].map((keyName) => ({
    keyName,
    value: keyValue(stored, keyName),
    permissions: 'FULL',
    creationTime: generation(stored, keyName).created,
  })),
})

/** Key lists of two keys under fixed names, such as `primaryKey` and `secondaryKey`. */
const pair =
  (first: string, second: string, more: (stored: StoredResource) => Json = () => ({})) =>
  (stored: StoredResource): Json => ({
    [first]: keyValue(stored, first),
    [second]: keyValue(stored, second),
    ...more(stored),
  })

/**
 * Listing and regenerating keys.
 * @param names body values that name a key, with the key each means.
 */
const keyed = (list: (stored: StoredResource) => Json, property: string, names: Record<string, string>) => ({
  list: { finish: ({ stored }) => list(stored) } satisfies Effect,
  regenerate: {
    begin: ({ body, stored, now }) => {
      const given = String(body[property])
      const name = names[given.toLowerCase()]
      if (!name)
        throw new ArmRefusal(
          400,
          'InvalidArgument',
          `The value '${given}' of '${property}' is not one of ${Object.keys(names).join(', ')}.`,
        )
      regenerated(stored, name, now)
    },
    finish: ({ stored }) => list(stored),
  } satisfies Effect,
})

const same = (...names: string[]) => Object.fromEntries(names.map((name) => [name.toLowerCase(), name]))
const primary = (first: string, second: string) => ({ primary: first, secondary: second })

const storage = keyed(storageKeys, 'keyName', same('key1', 'key2'))
const cosmos = keyed(
  pair('primaryMasterKey', 'secondaryMasterKey', (stored) => ({
    primaryReadonlyMasterKey: keyValue(stored, 'primaryReadonlyMasterKey'),
    secondaryReadonlyMasterKey: keyValue(stored, 'secondaryReadonlyMasterKey'),
  })),
  'keyKind',
  {
    ...primary('primaryMasterKey', 'secondaryMasterKey'),
    primaryreadonly: 'primaryReadonlyMasterKey',
    secondaryreadonly: 'secondaryReadonlyMasterKey',
  },
)
const redis = keyed(pair('primaryKey', 'secondaryKey'), 'keyType', primary('primaryKey', 'secondaryKey'))
const bus = keyed(pair('primaryKey', 'secondaryKey'), 'keyType', {
  primarykey: 'primaryKey',
  secondarykey: 'secondaryKey',
})
const cognitive = keyed(pair('key1', 'key2'), 'keyName', same('key1', 'key2'))

/** Everything with keys that can be listed and regenerated. */
export const keyEffects: Effects = {
  'microsoft.storage/storageaccounts/listkeys': storage.list,
  'microsoft.storage/storageaccounts/regeneratekey': storage.regenerate,
  'microsoft.documentdb/databaseaccounts/listkeys': cosmos.list,
  'microsoft.documentdb/databaseaccounts/regeneratekey': cosmos.regenerate,
  'microsoft.cache/redis/listkeys': redis.list,
  'microsoft.cache/redis/regeneratekey': redis.regenerate,
  'microsoft.cache/redis/forcereboot': { finish: () => ({ message: 'The reboot was started.' }) },
  'microsoft.servicebus/namespaces/authorizationrules/listkeys': bus.list,
  'microsoft.servicebus/namespaces/authorizationrules/regeneratekeys': bus.regenerate,
  'microsoft.cognitiveservices/accounts/listkeys': cognitive.list,
  'microsoft.cognitiveservices/accounts/regeneratekey': cognitive.regenerate,
}
