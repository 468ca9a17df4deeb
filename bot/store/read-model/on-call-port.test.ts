import { expect, test } from '@jest/globals'
import type { Json } from '../../../skills/kit/model.js'
import { CatalogIndex } from './catalog-index.js'
import type { CatalogRecord, SourceClaim } from './catalog-record.js'
import { onCallPort } from './on-call-port.js'

const record = (
  kind: CatalogRecord['kind'],
  id: string,
  props: Record<string, Json> = {},
  relations: SourceClaim['relations'] = [],
): CatalogRecord => ({
  kind,
  id,
  claims: { pagerduty: { name: id, aliases: [], props, relations, at: '2026-01-01T00:00:00.000Z' } },
})
const ownedBy = (id: string) => ({ type: 'ownedBy' as const, to: { kind: 'Team' as const, id } })
const shift = (person: string, from: string, to: string) => ({
  person,
  from: `2026-11-${from}T08:00:00.000Z`,
  to: `2026-11-${to}T08:00:00.000Z`,
})
const index = new CatalogIndex('contoso')
for (const one of [
  record('Person', 'dana'),
  record('Person', 'lee'),
  record('Team', 'identity'),
  record(
    'Schedule',
    'identity-primary',
    {
      shifts: [
        shift('dana', '20', '21'),
        shift('lee', '22', '23'),
        shift('dana', '21', '22'),
        shift('gone', '23', '24'),
      ],
      escalation: ['lee', 'gone'],
    },
    [ownedBy('identity')],
  ),
  record('Service', 'auth', {}, [{ type: 'onCallBy', to: { kind: 'Schedule', id: 'identity-primary' } }]),
  record('Service', 'sso', {}, [ownedBy('identity')]),
  record('Service', 'orphan'),
  record('Schedule', 'broken', { shifts: 'every Monday' }, [ownedBy('orphans')]),
  record('Team', 'orphans'),
])
  index.put(one)
const at = '2026-11-20T12:00:00.000Z'
const port = onCallPort({
  index,
  sources: () => [{ source: 'pagerduty', title: 'PagerDuty', asOf: '2026-11-20T09:00:00.000Z' }],
  now: () => at,
})
const said = async (kind: 'Service' | 'Team', id: string, moment = at) =>
  (await port.rotas({ kind, id }, moment)).map(
    ({ schedule, shifts }) =>
      `${schedule.id}: ${shifts.map(({ person, from, to }) => `${person.id} ${from.slice(8, 10)}-${to.slice(8, 10)}`).join(', ')}`,
  )

test("a service's own schedule, else its team's, with shifts in order and joined", async () => {
  for (const [kind, id] of [
    ['Service', 'auth'],
    ['Service', 'sso'],
    ['Team', 'identity'],
  ] as const)
    expect(await said(kind, id)).toEqual(['identity-primary: dana 20-22, lee 22-23'])
  expect(await said('Service', 'auth', '2026-11-22T09:00:00.000Z')).toEqual(['identity-primary: lee 22-23'])
  expect((await port.rotas({ kind: 'Service', id: 'auth' }, at))[0]!.escalation.map(({ id }) => id)).toEqual(['lee'])
})

test('no schedule, or one whose shifts cannot be read, is no rota', async () => {
  expect(await said('Service', 'orphan')).toEqual([])
  expect(await said('Team', 'orphans')).toEqual([])
})
