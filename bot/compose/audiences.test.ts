import { beforeAll, expect, test } from '@jest/globals'
import { loadOrganisation } from '../../infra/local/organisation/load-organisation.js'
import catalog from '../../skills/catalog/index.js'
import { dataProperty } from '../../skills/kit/data-classes.js'
import type { Claim, Instant } from '../../skills/kit/model.js'
import type { Reply } from '../../skills/kit/reply.js'
import { entity, smallHub, smallNow, type SmallHub } from '../hub/testing/small-hub.js'
import { startLocalSource } from '../providers/azure/testing/local-source.js'
import { storedClaim, type CatalogRecord } from '../store/read-model/catalog-record.js'
import { audienceCutOf } from './audiences.js'

const now: Instant = smallNow
const contoso = await loadOrganisation('infra/local/contoso', new Date(now))
const { files } = contoso.repositories.find(({ name }) => name === 'nexus-settings')!
const channels = contoso.channels.map(({ id, name }) => ({ id, name }))

let small: SmallHub
let claims: Claim[]
beforeAll(async () => {
  const local = await startLocalSource({ org: contoso, now })
  claims = []
  for await (const page of local.open().sweep(undefined, AbortSignal.timeout(30_000))) claims.push(...page.claims)
  await local.close()
  const records = claims.map((claim): CatalogRecord => ({
    ...{ kind: claim.kind, id: claim.id },
    claims: { azure: storedClaim(claim, now) },
  }))
  small = smallHub({
    ...{ skills: [catalog], records: [...records, entity('Team', 'payments', { groupId: 'payments' })] },
    audience: (access) =>
      audienceCutOf({
        access,
        catalog: access.whole,
        settings: { read: async (path) => files[path] },
        teams: {
          all: async () => [
            { id: 'general', groupId: 'contoso', channels },
            { id: 'payments', groupId: 'payments', channels: [{ id: 'payments', name: 'payments' }] },
          ],
        } as never,
        mistakes: (mistakes) => expect(mistakes).toEqual([]),
      }),
  })
})

const askIn = async (channel: string, words: string) => {
  const caller = small.caller('developer', 'channel')
  const { reply } = await small.ask(words, { ...caller, place: { kind: 'channel', id: channel } })
  const read = async (one: Reply) => (await small.read(one)).replace(/\s+/g, ' ')
  const { private: rest, ...shown } = reply
  return { shown: await read(shown), rest: rest && (await read(rest)) }
}

test("the classes that Contoso's tags give are properties of its resources", () => {
  const held = claims.filter(({ props }) => props[dataProperty] !== undefined)
  const classes = new Set(held.map(({ props }) => props[dataProperty]))
  expect(classes).toEqual(new Set(['cardholder', 'personal']))
  const tagged = claims.filter(({ props }) => 'data-class' in Object(props['tags']))
  expect(held.map(({ id }) => id)).toEqual(tagged.map(({ id }) => id))
})

test('#incidents is not told what holds cardholder data, and the asker is', async () => {
  const { shown, rest } = await askIn('incidents', 'show psql-payments-prd')
  expect(shown).toContain('#Incidents is not cleared for cardholder data')
  expect(shown).not.toContain('westeurope')
  expect(rest).toContain('psql-payments-prd')
})

test('what is of no class is told there, and of a list only what may be', async () => {
  const { shown, rest } = await askIn('incidents', 'Resource where name contains "psql-" and environment = production')
  expect(shown).toContain('psql-ledger-prd')
  expect(shown).toMatch(/not cleared for/)
  expect(shown).not.toMatch(/psql-payments|psql-users/)
  expect(rest).toMatch(/psql-payments-prd/)
})

test('where everyone is cleared for it, it is told', async () => {
  const { shown, rest } = await askIn('payments', 'show psql-payments-prd')
  expect(shown).toContain('psql-payments-prd')
  expect(rest).toBeUndefined()
})
