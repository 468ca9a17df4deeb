import { afterAll, expect, test } from '@jest/globals'
import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { crc32, inflateRawSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { iconFaults, measurePng } from './icon.js'
import { zip } from './zip.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const icons = join(root, 'appPackage', 'icons')
const folder = mkdtempSync(join(tmpdir(), 'nexus-package-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Reads an archive as unzip programs do, from the directory at its end, and checks each file's sum. */
function unzip(archive: Buffer): Record<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const files: Record<string, Buffer> = {}
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    expect(archive.toString('latin1', at, at + 4)).toBe('PK\x01\x02')
    const [sum, packed, size] = [16, 20, 24].map((offset) => archive.readUInt32LE(at + offset)) as [
      number,
      number,
      number,
    ]
    const length = archive.readUInt16LE(at + 28)
    const start = archive.readUInt32LE(at + 42)
    expect(archive.toString('latin1', start, start + 4)).toBe('PK\x03\x04')
    const data = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28)
    const bytes = inflateRawSync(archive.subarray(data, data + packed))
    expect([bytes.length, crc32(bytes)]).toEqual([size, sum])
    files[archive.toString('utf8', at + 46, at + 46 + length)] = bytes
    at += 46 + length + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  expect(at).toBe(end)
  return files
}

const run = (program: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, ['infra/build/run.js', program, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH },
  })

const pack = (...args: string[]) => run('appPackage/package.ts', ...args)

test('an archive gives back what went in, whatever it is', () => {
  const name = fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }).filter((text) => text !== '__proto__')
  const content = fc.uint8Array({ maxLength: 3000 }).map((bytes) => Buffer.from(bytes))
  fc.assert(
    fc.property(fc.dictionary(name, content, { maxKeys: 5, noNullPrototype: true }), (files) => {
      const archive = zip(Object.entries(files).map(([name, bytes]) => ({ name, bytes })))
      expect(unzip(archive)).toEqual(files)
    }),
    { numRuns: 50 },
  )
})

test('npm run package writes three files that unpack, and says what they are', async () => {
  const file = join(folder, 'nexus.zip')
  const { stdout } = await pack('--out', file)
  expect(stdout).toContain('manifest 1.29: valid')
  expect(stdout).toContain('catalog owner')
  expect(stdout).toContain('local tenant')
  const files = unzip(readFileSync(file))
  expect(Object.keys(files)).toEqual(['manifest.json', 'color.png', 'outline.png'])
  expect(files['color.png']).toEqual(readFileSync(join(icons, 'color.png')))
  const manifest = JSON.parse(files['manifest.json']!.toString()) as Record<string, unknown>
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  expect(manifest).toMatchObject({ version, icons: { color: 'color.png', outline: 'outline.png' } })

  const written = join(folder, 'below', 'manifest.json')
  await run('appPackage/local-manifest.ts', written)
  expect(JSON.parse(readFileSync(written, 'utf8'))).toEqual(manifest)
})

const ids = ['0b9d5c1e-2f63-4f8e-8f3a-8d2f1d6a7c01', '0b9d5c1e-2f63-4f8e-8f3a-8d2f1d6a7c02']
/** What the program says on its way out where it does not write the package. */
const refusal = (...args: string[]): Promise<string> => {
  const named = ['--app-id', ids[0]!, '--bot-id', ids[1]!, '--domain', 'nexus.contoso.com', '--out', unwritten]
  return pack(...named, ...args).then(
    () => 'written',
    ({ code, stderr }: { code: number; stderr: string }) => `${code}: ${stderr}`,
  )
}
const unwritten = join(folder, 'never.zip')

test('another organisation’s package is valid by Microsoft’s schema at the longest values', async () => {
  const file = join(folder, 'otto.zip')
  const white = ['--name', 'O'.repeat(30), '--developer', 'D'.repeat(32), '--accent-color', '#aa3300', '--no-slash']
  const { stdout } = await pack('--out', file, '--icons', icons, '--app-version', '10.20.30', ...white)
  expect(stdout).toContain('10.20.30, Teams app manifest 1.29: valid')
  expect(stdout).not.toContain('catalog owner')
})

test('what breaks the schema, a missing id and wrong icons are said, and nothing is written', async () => {
  expect(await refusal('--website', `https://contoso.com/${'x'.repeat(2048)}`)).toMatch(
    /^1: Teams would refuse this package:\n {2}schema 1\.29: \/developer\/websiteUrl must NOT have more than 2048/,
  )
  expect(await refusal('--bot-id', '')).toMatch(/^1: .*\n {2}--bot-id \(or NEXUS_BOT_APP_ID\) is missing/)
  copyFileSync(join(icons, 'outline.png'), join(folder, 'color.png'))
  const said = await refusal('--icons', folder)
  expect(said).toContain('color.png must be 192 × 192 pixels, not 32 × 32')
  expect(said).toContain(`${join(folder, 'outline.png')} is not there`)
  expect(existsSync(unwritten)).toBe(false)
})

test('the icons are what Teams asks for', () => {
  expect(measurePng(readFileSync(join(icons, 'color.png')))).toMatchObject({ width: 192, height: 192 })
  const outline = readFileSync(join(icons, 'outline.png'))
  expect(measurePng(outline)).toEqual({ width: 32, height: 32, alpha: true })
  const pixels = pixelsOf(outline, 32)
  expect(pixels.filter(([red, green, blue, alpha]) => alpha > 0 && (red & green & blue) !== 255)).toEqual([])
  expect(pixels.filter(([, , , alpha]) => alpha === 0).length).toBeGreaterThan(500)
  expect(pixels.filter(([, , , alpha]) => alpha === 255).length).toBeGreaterThan(60)
})

test('an icon of the wrong kind is refused by name', () => {
  expect(iconFaults('color.png', Buffer.from('GIF89a'))).toEqual(['color.png is not a PNG'])
  expect(iconFaults('color.png', Buffer.alloc(0))).toEqual(['color.png is not a PNG'])
  expect(iconFaults('outline.png', readFileSync(join(icons, 'color.png')))).toEqual([
    'outline.png must be 32 × 32 pixels, not 192 × 192',
    'outline.png must be white on a transparent ground, but has no alpha channel',
  ])
})

/** The pixels of an RGBA PNG of 8 bits a channel, each as red, green, blue, alpha. */
function pixelsOf(png: Buffer, side: number): [number, number, number, number][] {
  const rows = inflateSync(
    Buffer.concat([...chunksOf(png)].filter(({ type }) => type === 'IDAT').map(({ data }) => data)),
  )
  const stride = side * 4
  const image = Buffer.alloc(side * stride)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < stride; x++) {
      const left = x < 4 ? 0 : image[y * stride + x - 4]!
      const up = y === 0 ? 0 : image[(y - 1) * stride + x]!
      const corner = x < 4 || y === 0 ? 0 : image[(y - 1) * stride + x - 4]!
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][rows[y * (stride + 1)]!]!
      image[y * stride + x] = rows[y * (stride + 1) + 1 + x]! + guess
    }
  return Array.from(
    { length: side * side },
    (_, at) => [...image.subarray(at * 4, at * 4 + 4)] as [number, number, number, number],
  )
}

function* chunksOf(png: Buffer): Generator<{ type: string; data: Buffer }> {
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12)
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + png.readUInt32BE(at)) }
}

/** The nearest of three neighbours to their gradient, as the PNG specification's filter type 4 says. */
function paeth(left: number, up: number, corner: number): number {
  const distances = [left, up, corner].map((value) => Math.abs(left + up - corner - value)) as [number, number, number]
  if (distances[0] <= distances[1] && distances[0] <= distances[2]) return left
  return distances[1] <= distances[2] ? up : corner
}
