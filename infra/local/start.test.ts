import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { holdFolder } from './hold-folder.js'
import { organisationFolder } from './testing/organisation-folder.js'

// What `npm start` says where it cannot start. That it does start is tested with the whole product.
let data: string
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'start-'))
})
afterAll(() => rmSync(data, { recursive: true }))

/** Starts and waits for the end: its exit status and all that it wrote. */
function start(environment: Record<string, string>): Promise<{ status: number | null; said: string }> {
  const child = spawn(process.execPath, ['infra/build/run.js', 'infra/local/start.ts'], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NEXUS_DATA: data,
      NEXUS_HUB_PORT: '0',
      NEXUS_TEAMS_PORT: '0',
      NEXUS_TENANT_PORT: '0',
      ...environment,
    },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()))
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, said })))
}

test('a folder on which Nexus runs already', async () => {
  const release = holdFolder(data)
  const { status, said } = await start({})
  release()
  expect(status).toBe(1)
  expect(said).toBe(
    `Nexus is running on ${data} already (process ${process.pid}). Stop that one, or choose another folder: NEXUS_DATA=${data}-2, with ports of its own.\n`,
  )
}, 90_000) // the first start builds the programs

test.each([
  ['NEXUS_HUB_PORT', 'the hub'],
  ['NEXUS_TENANT_PORT', 'the local tenant'],
  ['NEXUS_TEAMS_PORT', 'the local Teams page'],
])('a port that is taken, named by %s', async (variable, purpose) => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as AddressInfo
  const { status, said } = await start({ [variable]: String(port) })
  other.close()
  expect(status).toBe(1)
  expect(said).toBe(
    `Port ${port} for ${purpose} is in use by another program. Stop that program (perhaps another \`npm start\`), ` +
      `or choose another port: ${variable}=${port + 100}.\n`,
  )
  expect(existsSync(join(data, 'nexus.lock'))).toBe(false)
})

test('a port that is none', async () => {
  const { status, said } = await start({ NEXUS_TEAMS_PORT: 'eighty' })
  expect([status, said]).toEqual([
    1,
    'NEXUS_TEAMS_PORT is "eighty", which is no port. Give a number from 1 to 65535, or unset it.\n',
  ])
})

test('an organisation with a mistake', async () => {
  const mistaken = await organisationFolder({ 'costs.yaml': '- { service: shop, environment: prod, monthly: 3 }\n' })
  const { status, said } = await start({ NEXUS_LOCAL_ORG: mistaken.folder }).finally(mistaken.remove)
  expect(status).toBe(1)
  expect(said).toBe(
    `The organisation in ${mistaken.folder} has a mistake:\n  ${mistaken.folder}/costs.yaml:1:33: environment: ` +
      'there is no environment "prod" in subscriptions of organisation.yaml; there are development, production.\n',
  )
})
