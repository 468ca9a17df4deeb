import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { organisationFolder } from '../../infra/local/testing/organisation-folder.js'
import { environmentOf, freePorts, runProgram, startProduct, type Product } from './start-product.js'

let product: Product
let data: string

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'nexus-test-'))
  product = await startProduct({ data })
}, 120_000)
afterAll(async () => {
  await product?.stop()
  rmSync(data, { recursive: true, force: true })
})

/** Starts a product that must not start, on a folder of its own. */
async function refusedStart(environment: Record<string, string>) {
  const own = mkdtempSync(join(tmpdir(), 'nexus-test-'))
  const ended = await runProgram('infra/local/start.ts', [], {
    ...environmentOf(own, await freePorts()),
    ...environment,
  })
  rmSync(own, { recursive: true, force: true })
  return ended
}

/** Process ids by parent and program. */
const childrenOf = (parent: number): { pid: number; program: string }[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .flatMap((found) => (found && Number(found[2]) === parent ? [{ pid: Number(found[1]), program: found[3]! }] : []))

describe('a start that cannot be says why, in one line, and ends with 1', () => {
  test('a second one on the same folder names the first', async () => {
    const { status, err } = await product.startAgain()
    expect(status).toBe(1)
    expect(err).toMatch(/^Nexus is running on .* already \(process \d+\)\. .*NEXUS_DATA=/)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect((await product.ask('dana', 'personal/dana', 'help')).words).toContain('What I can do')
  })

  test.each([
    ['NEXUS_HUB_PORT', 'hub'],
    ['NEXUS_TEAMS_PORT', 'teams'],
    ['NEXUS_TENANT_PORT', 'tenant'],
  ] as const)('a port that is taken names %s', async (variable, name) => {
    const port = product.ports[name]
    const { status, err } = await refusedStart({ [variable]: String(port) })
    expect(status).toBe(1)
    expect(err).toMatch(new RegExp(`Port ${port} for .* is in use by another program\\. .*${variable}=\\d+`))
    expect(err).not.toContain('    at ')
  })

  test('a port that is none names its variable', async () => {
    const { status, err } = await refusedStart({ NEXUS_HUB_PORT: 'many' })
    expect(status).toBe(1)
    expect(err).toContain('NEXUS_HUB_PORT is "many", which is no port.')
  })

  test('an organisation with mistakes names file and line of each', async () => {
    const services = [
      '- { id: shop, summary: Sells toys., team: nobody, tier: critical, kind: web }',
      '- id: shop-db',
      '  tier: enormous',
    ]
    const { folder, remove } = await organisationFolder({ 'services.yaml': services.join('\n') })
    const { status, err } = await refusedStart({ NEXUS_LOCAL_ORG: folder })
    await remove()
    expect(status).toBe(1)
    expect(err).toMatch(/services\.yaml:3.*enormous/)
    expect(err).not.toContain('    at ')
  })

  test('a folder that is no organisation is named', async () => {
    const { status, err } = await refusedStart({ NEXUS_LOCAL_ORG: join(tmpdir(), 'no-such-organisation') })
    expect(status).toBe(1)
    expect(err).toContain('no-such-organisation')
    expect(err).not.toContain('    at ')
  })
})

describe('what was said stays', () => {
  test('after a restart the history stands, a card of before still works', async () => {
    const before = await product.ask('dana', 'incidents', "@Nexus who's on call for auth")
    await product.stop()
    product = await startProduct({ data })
    const after = await product.ask('dana', 'personal/dana', "who's on call for auth")
    expect(after.words).toContain('Dana Ortiz')
    const history = await product.messages('incidents', 'lee')
    expect(history.map(({ id }) => id)).toContain(before.message.id)
    const { card } = await product.click('lee', before.message.id, 'Incidents of auth-api')
    expect(JSON.stringify(card)).toContain('INC-118')
  }, 120_000)

  test('what is for the asker alone is said in a channel so that only they see it', async () => {
    const { message, words } = await product.ask('dana', 'incidents', '@Nexus my digest')
    expect(words).toContain('for you alone')
    const digestOf = async (as: string) =>
      (await product.messages('incidents', as)).find(({ targeted, text }) => targeted && text.includes('Dana'))
    let own = await digestOf('dana')
    for (let tries = 0; !own && tries < 100; tries++) {
      await pause(50)
      own = await digestOf('dana')
    }
    expect(own?.replyTo).toBe(message.replyTo)
    expect(await digestOf('lee')).toBeUndefined()
  })

  test('a hub that is killed: the start says so and ends with 1, and nothing that was said is lost', async () => {
    const { message } = await product.ask('dana', 'personal/dana', 'my stuff')
    const [start] = childrenOf(product.pid)
    const hub = childrenOf(start!.pid).find(({ program }) => program.includes('bot/main.js'))
    process.kill(hub!.pid, 'SIGKILL')
    expect(await product.ended).toBe(1)
    expect(product.log()).toContain('hub ended by SIGKILL; stopping.')
    product = await startProduct({ data })
    expect((await product.messages('personal/dana', 'dana')).map(({ id }) => id)).toContain(message.id)
    expect((await product.ask('dana', 'personal/dana', 'my stuff')).words).toContain('Dana Ortiz')
  }, 120_000)
})
