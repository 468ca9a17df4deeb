import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAuthority } from './authority.js'
import { ok } from './frame/router.js'
import { openKey } from './keys.js'
import { listen } from './server.js'

const days = (count: number) => new Date(Date.now() + count * 24 * 60 * 60 * 1000)
let folder: string
beforeAll(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'authority-')), 'ca')
})
afterAll(() => rmSync(join(folder, '..'), { recursive: true }))

test('clients that trust the authority accept the server by name and by both addresses, others do not', async () => {
  const { ca, tls } = await openAuthority(folder)
  const server = await listen({ port: 0, tls, vendors: () => [{ name: 'x', prefixes: [''], handle: () => ok({}) }] })
  const get = (host: string, options: object) =>
    new Promise<number | string>((resolve) =>
      request({ host, port: server.port, agent: false, ...options }, (response) =>
        resolve(response.resume().statusCode ?? 0),
      )
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
        .end(),
    )
  expect(await get('localhost', { ca })).toBe(200)
  expect(await get('127.0.0.1', { ca })).toBe(200)
  expect(await get('127.0.0.1', { ca, servername: 'evil.example' })).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
  expect(await get('localhost', {})).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
  await server.close()
})

test('its files are for their owner, and a second start uses them', async () => {
  const first = await openAuthority(folder)
  expect(readdirSync(folder).map((name) => (statSync(join(folder, name)).mode & 0o777).toString(8))).toEqual(
    Array(4).fill('600'),
  )
  expect(await openAuthority(folder)).toEqual(first)
})

test('the certificate is renewed near its end by the same authority, and the authority near its own', async () => {
  const first = await openAuthority(folder)
  const later = await openAuthority(folder, days(390))
  expect(later.ca).toBe(first.ca)
  expect(later.tls.cert).not.toBe(first.tls.cert)
  expect(Date.parse(new X509Certificate(later.tls.cert).validTo)).toBeGreaterThan(days(700).getTime())
  const muchLater = await openAuthority(folder, days(3640))
  expect(muchLater.ca).not.toBe(first.ca)
  expect(new X509Certificate(muchLater.tls.cert).verify(new X509Certificate(muchLater.ca).publicKey)).toBe(true)
})

test('what is cut off, foreign or from the future is made anew', async () => {
  const { ca } = await openAuthority(folder, days(4000)) // not valid yet today
  const today = await openAuthority(folder)
  expect(today.ca).not.toBe(ca)
  writeFileSync(join(folder, 'localhost.pem'), today.tls.cert.slice(0, 100))
  const mended = await openAuthority(folder)
  expect(mended.ca).toBe(today.ca)
  expect(mended.tls.cert).not.toBe(today.tls.cert)
  writeFileSync(join(folder, 'localhost.key.pem'), today.tls.key)
  expect((await openAuthority(folder)).tls.cert).not.toBe(mended.tls.cert)
})

test('a signing key is kept, and made anew where its file is no key', async () => {
  const first = await openKey(folder, 'entra')
  expect((await openKey(folder, 'entra')).kid).toBe(first.kid)
  writeFileSync(join(folder, 'entra.pem'), 'nonsense')
  expect((await openKey(folder, 'entra')).kid).not.toBe(first.kid)
})
