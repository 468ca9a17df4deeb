import { expect, test } from '@jest/globals'
import type { Entity, Json } from '../../../skills/kit/model.js'
import { driftOf, sayDifference } from './drift.js'
import { LiveResources } from './link-resource.js'
import { liveCatalog } from './testing/live-catalog.js'

const drift = (declared: Record<string, Json>, live: Record<string, Json>): string[] =>
  driftOf({ type: 't/u', name: 'x', props: declared }, { props: live }).map(sayDifference)

const rows: [Record<string, Json>, Record<string, Json>, string[]][] = [
  [{ region: 'westeurope' }, { region: 'West Europe' }, []],
  [{ region: 'westeurope' }, { region: 'northeurope' }, ['Region is northeurope, declared as westeurope']],
  [{ sku: 'P2v3', capacity: 4 }, { sku: 'P2v3 × 5' }, ['Instances is 5, declared as 4']],
  [{ sku: 'P2v3', capacity: 4 }, { sku: 'P2v3', capacity: 4 }, []],
  [{ sku: 'Standard_LRS' }, { sku: 'standard_lrs' }, []],
  [{ minimumTls: '1.2' }, { minimumTls: '1.0' }, ['Least TLS is 1.0, declared as 1.2']],
  [{ public: false }, { public: true }, ['Open to the internet is yes, declared as no']],
  [{ version: '15' }, { version: '15.4' }, []],
  [{ version: '15' }, { version: '16' }, ['Version is 16, declared as 15']],
  [{ zones: ['2', '1'] }, { zones: ['1', '2'] }, []],
  [{ zones: ['1'] }, { zones: ['1', '2'] }, ['Zones is 1, 2, declared as 1']],
  [{ tags: { Team: 'a', env: 'x' } }, { tags: { team: 'a', env: 'y', version: '1' } }, ['Tag env is y, declared as x']],
  [{ tags: { team: 'a' } }, { tags: {} }, ['Tag team is missing, declared as a']],
  // What the catalog does not know of the resource proves nothing.
  [{ sku: 'P2v3', tags: { team: 'a' }, minimumTls: '1.2' }, {}, []],
]
test.each(rows)('what was declared as %j and is %j', (declared, live, said) =>
  expect(drift(declared, live)).toEqual(said),
)

const entity = (group: string, name: string): Entity => {
  const id = `/subscriptions/s/resourcegroups/${group}/providers/microsoft.web/sites/${name}`
  return {
    kind: 'Resource',
    id,
    tenant: 't',
    name,
    aliases: [],
    props: { type: 'microsoft.web/sites' },
    sources: [],
    from: '',
  }
}

test('a declaration is linked by its id, else by type and name in its group', () => {
  const [a, b, only] = [entity('rg-a', 'shop'), entity('rg-b', 'shop'), entity('rg-a', 'only')]
  const live = new LiveResources(
    liveCatalog(() => [a, b, only]),
    () => true,
  )
  const declared = { type: 'microsoft.web/sites', name: 'Shop', props: {} }
  expect(live.find(declared)).toBe('several')
  expect(live.find({ ...declared, resourceGroup: 'rg-b' })).toBe(b)
  expect(live.find({ ...declared, resourceGroup: 'rg-c' })).toBeUndefined()
  expect(live.find({ ...declared, id: a.id })).toBe(a)
  expect(live.find({ ...declared, name: 'only' })).toBe(only)
  expect([live.lists('microsoft.web/sites'), live.lists('microsoft.web/sites/slots')]).toEqual([true, false])
})
