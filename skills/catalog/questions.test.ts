import { expect, test } from '@jest/globals'
import { entity, pagerDuty, smallHub, smallNow, to, type SmallHub } from '../../bot/hub/testing/small-hub.js'
import { CatalogIndex } from '../../bot/store/read-model/catalog-index.js'
import { catalogPort } from '../../bot/store/read-model/catalog-port.js'
import type { Reply } from '../kit/reply.js'
import catalog from './index.js'

const sql = 'microsoft.sql/servers/databases'
const database = (id: string, environment: string, backup: string | undefined, service: string) =>
  entity('Resource', id, { type: sql, environment, ...(backup && { backup }) }, [to('partOf', 'Service', service)])

/** Since when everything is as it is, but for `orders` and `archive-db`, which are as they are since `moved`. */
const began = '2026-11-01T00:00:00.000Z'
const moved = '2026-11-20T12:00:00.000Z'
const was = entity('Service', 'orders', { tier: 'normal', summary: 'Old words' }, [to('ownedBy', 'Team', 'atlas')])
const records = [
  entity('Team', 'atlas'),
  entity('Team', 'payments'),
  entity('Service', 'web', { tier: 'critical' }, [to('dependsOn', 'Service', 'orders'), to('ownedBy', 'Team', 'payments')]),
  entity('Service', 'orders', { tier: 'high', summary: 'Keeps the retry policy of orders' }, [
    to('ownedBy', 'Team', 'atlas'),
    to('dependsOn', 'Resource', 'orders-db'),
  ]),
  database('orders-db', 'production', '2026-11-20T02:00:00.000Z', 'orders'),
  database('ledger-db', 'production', '2026-11-01T02:00:00.000Z', 'web'),
  database('archive-db', 'production', undefined, 'orders'),
  database('test-db', 'staging', undefined, 'orders'),
  ...Array.from({ length: 23 }, (_, n) =>
    entity('Resource', `vm-${String(n).padStart(2, '0')}`, {
      type: 'microsoft.compute/virtualmachines',
      environment: n < 20 ? 'production' : 'staging',
      power: n ? 'running' : 'stopped',
    }),
  ),
] // prettier-ignore

function hub(): SmallHub {
  const index = new CatalogIndex('contoso')
  index.put({ ...was, since: began })
  for (const record of records)
    index.put({ ...record, since: ['orders', 'archive-db'].includes(record.id) ? moved : began })
  const catalogOf = catalogPort(index, () => [pagerDuty], { now: () => smallNow })
  return smallHub({ skills: [catalog], records, ports: { catalog: catalogOf } })
}
const said = async (small: SmallHub, reply: Reply) => (await small.read(reply)).replace(/\s+/g, ' ')
async function ask(words: string) {
  const small = hub()
  const outcome = await small.ask(words)
  return { ...outcome, words: await said(small, outcome.reply), small }
}

test.each<[words: string, wanted: RegExp]>([
  ['production databases not backed up in 7 days', /Azure resources · 2 2 Azure resources meet all 3 conditions\. .*archive-db .*ledger-db/],
  ['databases of services owned by atlas without a backup in 7 days', /2 Azure resources meet all 3 conditions\. .*archive-db .*test-db/],
  ['find Resource where backup within 7d', /1 Azure resource meets the condition\. .*orders-db production · atlas/],
  ['/catalog find Service where TIER >= high', /2 services meet the condition\. .*orders atlas .*web payments/],
  ['list services', /Services · 2 2 services\./],
  ['how many virtual machines do we have', /23 23 Azure resources meet the condition\. Production 20 Staging 3/],
  ['find Service, Team where name = atlas', /Services and teams · 1 1 thing meets the condition\. .*atlas Team/],
  ['find Resource where enviroment = production', /At “enviroment” \(character 16\): Resource has no such property\. Did you mean environment\?/],
  ['find purple databases', /Not sure what you mean/],
  ['find Service where tier = critical and summary contains x', /No service meets both conditions; without summary contains x there is 1\./],
  ['find Resource where type in (a, b, c, d) and environment = production', /without type in \(4 values\) there are 23\./],
  ['find Resource where environment = prodcution and backup missing', /meets both conditions\. Did you mean environment = production\? Nearest .*without environment = prodcution/],
  ['find Service where lifecycle = x and domain = y', /no single one of them is the reason/],
  ['list incidents', /The catalog has no incidents\./],
  ['list services as of yesterday', /2 services, as of Fri 20 Nov, 02:14/],
  ['find Service where tier = high as of yesterday', /As of Fri 20 Nov, 02:14: no service meets the condition/],
  ['what depends on orders as of yesterday at 9', /As of 09:00: .*web/],
  ['list services as of 2026-10-01T00:00Z', /is longer ago than Nexus remembers\. What was is kept for 30 days: from/],
  ['what depends on orders-db', /Depends on it · orders-db · 2 services 2 services feel it when orders-db fails: 1 directly, the farthest over 2 steps\./],
  ['impact of ledger-db', /1 service feels it when ledger-db fails: 1 directly, the farthest over 1 step\. .*web/],
  ['what does ledger-db need', /ledger-db depends on nothing in the catalog\./],
  ['unowned resources', /Unowned Azure resources · 23 23 unowned Azure resources\./],
  ['disputed', /no disputed things/],
  ['how does web reach orders-db', /web reaches orders-db over 2 steps: web → orders → orders-db\./],
  ['path from orders-db to web', /orders-db does not depend on web; web reaches orders-db: web → orders → orders-db\./],
  ['path from ledger-db to web', /does not depend on web, and not the other way round/],
  ['path from web to web', /web is both ends/],
  ['what changed in atlas since Monday', /atlas · 2 things 1 thing is different and 1 is new between .*archive-db .* new .*Tier: normal → high .*Summary: Old words → Keeps .*Depends on: orders-db added/],
  ['what changed in atlas in the last 24 hours', /1 thing is different and 1 is new/],
  ['what changed in atlas today', /Nothing of atlas changed between/],
  ['what changed in atlas', /In which time/],
  ['what did orders look like yesterday at 9', /As of 09:00: .*Old words/],
  ['show orders as of 2026-11-20T13:00Z', /Keeps the retry policy/],
  ['show archive-db as of 2026-11-20T09:00Z', /The catalog has known archive-db since/],
])('%s', async (words, wanted) => expect((await ask(words)).words).toMatch(wanted)) // prettier-ignore

test('what words came to is the filter itself, and it is shown as the query', async () => {
  const { args, small, reply } = await ask('stopped vms in production')
  const query =
    'Resource where type = "microsoft.compute/virtualmachines" and power = stopped and environment = production'
  expect(args).toEqual({ filter: query })
  expect((await small.show(reply)).foot).toMatchObject({ query })
})

test('pages follow each other to the end, each thing once', async () => {
  const small = hub()
  let card = await small.show((await small.ask('find Resource where type contains virtual')).reply)
  const names: string[] = []
  for (let pages = 0; pages < 5; pages++) {
    const [rows] = card.sections!
    names.push(...(rows as Extract<typeof rows, { kind: 'rows' }>)!.rows.map(({ title }) => String(title)))
    if (!card.buttons!.some(({ title }) => title === 'Next page')) break
    card = await small.show((await small.press(card, 'Next page')).reply)
  }
  expect(names).toEqual(Array.from({ length: 23 }, (_, n) => `vm-${String(n).padStart(2, '0')}`))
})

test('the query is changed in a dialog, which points at the word that is wrong and keeps what was typed', async () => {
  const small = hub()
  const card = await small.show((await small.ask('production databases')).reply)
  const change = card.buttons!.find(({ title }) => title === 'Change the query…')!
  const id = change.kind === 'dialog' ? change.id : ''
  const opened = JSON.stringify(await small.dialogs.open(id, small.caller()))
  expect(opened).toContain('environment = production')
  const wrong = JSON.stringify(await small.dialogs.submit(id, { filter: 'Resource where envronment = x' }, small.caller()))
  expect(wrong).toContain('At “envronment” (character 16)')
  expect(wrong).toContain('Resource where envronment = x')
  const right = await small.dialogs.submit(id, { filter: 'Service where tier = critical' }, small.caller())
  expect(JSON.stringify(right)).toContain('1 service meets the condition')
}) // prettier-ignore

test('a row of what is nearest asks that', async () => {
  const { small, reply } = await ask('find Service where tier = critical and summary contains x')
  const outcome = await small.press(await small.show(reply), 'Find without summary contains x')
  expect(await said(small, outcome.reply)).toMatch(/1 service meets the condition\. .*web/)
})
