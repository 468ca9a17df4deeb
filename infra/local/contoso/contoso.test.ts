import { beforeAll, describe, expect, test } from '@jest/globals'
import { loadOrganisation } from '../organisation/load-organisation.js'
test('x', async()=>{ const o = await loadOrganisation('infra/local/contoso', new Date('2026-11-19T02:20:00Z')); console.log(o.resources.length) })
