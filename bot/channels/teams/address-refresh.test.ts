import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { CardData } from '../../../cards/model.js'
import { TestTenant } from '../../../infra/local/teams/testing/tenant.js'
import type { Store } from '../../store/contract.js'
import { accountRecords } from '../../store/records/account-records.js'
import { openSqliteStore } from '../../store/sqlite/open.js'
import { createAccounts, type Roster } from './accounts.js'
import { addressRefresh, ownView } from './address-refresh.js'

let tenant: TestTenant
let store: Store
let folder: string
let now: number
let asked: string[]
let identity: Roster

beforeEach(async () => {
  tenant = await TestTenant.start()
  folder = mkdtempSync(join(tmpdir(), 'refresh-'))
  now = Date.parse('2026-11-21T02:14:00Z')
  asked = []
  store = await openSqliteStore({ folder, clock: { now: () => now }, id: randomUUID })
  identity = { id: tenant.conversation('identity'), serviceUrl: tenant.serviceUrl }
})
afterEach(async () => {
  await store.close()
  await tenant.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A hub's accounts; another hub on the store knows what this one kept. */
const accounts = () =>
  createAccounts({
    records: accountRecords(store.forTenant(tenant.org.tenant)),
    token: () => Promise.resolve('good'),
    fetch: (input, init) => {
      asked.push(decodeURIComponent(String(input).split('/').at(-1)!))
      return fetch(input, init)
    },
    now: () => now,
  })
const objectId = (person: string) => tenant.directory.account(person)!.objectId
const mri = (person: string) => tenant.mri(person)
const card = (people: string[]): CardData => ({
  state: 'warning',
  topic: 'Change',
  title: 'Restart',
  buttons: [{ kind: 'execute', title: 'Show plan', id: 'plan' }],
  refresh: { id: 'draw', people },
})
const titles = ({ buttons = [] }: CardData) => buttons.map(({ title }) => title)

describe('a card with views of single persons', () => {
  test('names them as Teams does, and has no button that nobody needs', async () => {
    const people = [objectId('dana'), objectId('lee'), objectId('dana')]
    const addressed = await addressRefresh(card(people), accounts(), identity)
    expect(addressed.refresh).toEqual({ id: 'draw', people: [mri('dana'), mri('lee')] })
    expect(titles(addressed)).toEqual(['Show plan'])
  })

  test('past sixty, or with people Teams does not know, has a button that does the same', async () => {
    const known = accounts()
    for (let n = 0; n < 70; n++) known.learn({ id: `29:${n}`, aadObjectId: `person-${n}` })
    const all = Array.from({ length: 70 }, (_, n) => `person-${n}`)
    const addressed = await addressRefresh(card(all), known, identity)
    expect(addressed.refresh?.people).toEqual(Array.from({ length: 60 }, (_, n) => `29:${n}`))
    expect(addressed.buttons?.at(-1)).toMatchObject({ title: ownView, id: 'draw', kind: 'execute' })
    const some = await addressRefresh(card([objectId('dana'), objectId('mei')]), accounts(), identity)
    expect([some.refresh?.people, titles(some)]).toEqual([[mri('dana')], ['Show plan', ownView]])
    const none = await addressRefresh(card([objectId('mei')]), accounts(), undefined)
    expect([none.refresh, titles(none)]).toEqual([undefined, ['Show plan', ownView]])
  })

  test('needs no button where it is the view of the one who reads it', async () => {
    const own = await addressRefresh(card([objectId('mei')]), accounts(), identity, true)
    expect(titles(own)).toEqual(['Show plan'])
  })

  test('without views of single persons stays as it is', async () => {
    const { refresh: _refresh, ...plain } = card([])
    expect(await addressRefresh(plain, accounts(), identity)).toEqual(plain)
    expect(asked).toEqual([])
  })
})

describe('accounts', () => {
  test('are looked up once, by whichever hub; who is not in the roster is not asked for again within the hour', async () => {
    const people = [objectId('dana'), objectId('mei')]
    const first = accounts()
    expect([...(await first.find(people, identity)).values()]).toEqual([mri('dana')])
    await first.find(people, identity)
    expect(asked).toEqual(people)
    await accounts().find([objectId('dana')], identity)
    expect(asked).toHaveLength(2)
    now += 3_600_001
    await first.find(people, identity)
    expect(asked).toHaveLength(3)
  })

  test('of those who spoke are known without asking, after a restart too once they were needed', async () => {
    const first = accounts()
    first.learn({ id: mri('dana'), aadObjectId: objectId('dana') })
    await first.find([objectId('dana')], undefined)
    expect((await accounts().find([objectId('dana')], undefined)).get(objectId('dana'))).toBe(mri('dana'))
    expect(asked).toEqual([])
  })

  test('twenty are looked up for one card, the others for the next; a roster that does not answer is asked again', async () => {
    const people = Array.from({ length: 45 }, () => randomUUID())
    await accounts().find(people, identity)
    expect(asked).toHaveLength(20)
    asked = []
    const dead = { id: identity.id, serviceUrl: 'http://127.0.0.1:9/' }
    const known = accounts()
    expect((await known.find([objectId('lee')], dead)).size).toBe(0)
    expect((await known.find([objectId('lee')], identity)).get(objectId('lee'))).toBe(mri('lee'))
  })
})
