import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { loadOrganisation } from '../../../infra/local/organisation/load-organisation.js'
import { readWhole } from '../../../skills/kit/catalog-source.js'
import { startLocalSource, type LocalSource } from './testing/local-source.js'

const now = '2026-11-20T10:00:00.000Z'
const contoso = await loadOrganisation('infra/local/contoso', new Date(now))
let local: LocalSource
beforeAll(async () => {
  local = await startLocalSource({ org: contoso, now })
})
afterAll(() => local?.close())

test('try', async () => {
  const pages = []
  for await (const page of local.open().sweep(undefined, AbortSignal.timeout(20000))) pages.push(page)
  const claims = pages.flatMap((p) => p.claims)
  console.log(pages.map((p) => [p.claims.length, p.gaps, p.cursor, p.watermark, p.progress]))
  for (const n of ['psql-users-prd', 'prd', 'production'])
    console.log(
      JSON.stringify(
        claims.filter((c) => c.name === n),
        null,
        1,
      ),
    )
  console.log(
    claims
      .filter((c) => c.kind === 'Change')
      .map((c) => JSON.stringify(c))
      .join('\n'),
  )
  console.log(local.asked.length, await readWhole(local.open(), AbortSignal.timeout(1e4)).then((c) => c.length))
})
