import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startScriptedAzure, type ScriptedAzure } from '../testing/scripted-azure.js'
import { readFindings } from './findings.js'
import { openGraph } from './graph.js'

const machine = '/subscriptions/s/resourcegroups/rg/providers/microsoft.compute/virtualmachines/vm'
const [monday, tuesday] = ['2026-11-16T02:00:00.000Z', '2026-11-17T02:00:00.000Z']

let azure: ScriptedAzure
beforeAll(async () => {
  azure = await startScriptedAzure()
})
afterAll(() => azure.close())

/** What is known of the machine's backups where a vault says this of it. */
async function backupOf(rows: object[]): Promise<unknown> {
  azure.answerBy(({ query }) => ({
    status: 200,
    body: {
      ...{ totalRecords: 0, count: 0, resultTruncated: 'false' },
      data: query.includes('protecteditems') ? rows.map((row) => ({ id: '/x', target: machine, ...row })) : [],
    },
  }))
  const { findings } = await readFindings(openGraph(azure.options), ['s'], AbortSignal.timeout(10_000))
  return findings.backups.get(machine)
}

test.each([
  [
    'a try that went well',
    { last: tuesday, tried: tuesday, outcome: 'Completed' },
    { last: tuesday, outcome: 'succeeded' },
  ],
  [
    'a failed try leaves the point before it',
    { last: monday, tried: tuesday, outcome: 'Failed' },
    { last: monday, outcome: 'failed' },
  ],
  ['a failed try is no backup where no point is named', { tried: tuesday, outcome: 'Failed' }, { outcome: 'failed' }],
  [
    'a try that went well is one where no point is named',
    { tried: tuesday, outcome: 'Healthy' },
    { last: tuesday, outcome: 'succeeded' },
  ],
  ['an outcome without a name says nothing', { last: monday, tried: tuesday, outcome: 'Odd' }, { last: monday }],
])('%s', async (_what, row, expected) => {
  const known = (await backupOf([row])) as { last?: string; outcome?: string }
  expect({ ...(known.last && { last: known.last }), ...(known.outcome && { outcome: known.outcome }) }).toEqual(
    expected,
  )
})

test('of a machine in two vaults the newest point counts, and the newest try', async () => {
  const rows = [
    { last: tuesday, tried: tuesday, outcome: 'Completed' },
    { last: monday, tried: '2026-11-18T02:00:00.000Z', outcome: 'Failed' },
  ]
  expect(await backupOf(rows)).toMatchObject({ last: tuesday, outcome: 'failed' })
  expect(await backupOf(rows.toReversed())).toMatchObject({ last: tuesday, outcome: 'failed' })
})
