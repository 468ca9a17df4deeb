import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { renderCard } from '../render.js'
import { renderText } from '../text.js'
import { clients, type Client } from './host-config.js'
import { now, type Sample } from './samples/sample.js'
import { samples } from './samples/samples.js'

// npm run gallery [part of a name …]: draws every sample with the official renderer as Teams' clients would, to PNG in gallery/.

const root = process.cwd()
const folder = join(root, 'gallery')
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The file of one drawing. */
const fileOf = (sample: Sample, client: Client): string => `${sample.name}.${client.name}.png`

async function drawAll(page: Page, chosen: readonly Sample[]): Promise<void> {
  for (const sample of chosen) {
    const card = renderCard(sample.data, { now })
    for (const client of clients) {
      const call = `draw(${JSON.stringify(card)}, ${JSON.stringify(client)})`
      const problems = await page.evaluate<string[]>(call)
      if (problems.length > 0) throw new Error(`${sample.name}: the official renderer says ${problems.join('; ')}`)
      await page.locator('body').screenshot({ path: join(folder, fileOf(sample, client)) })
    }
    process.stdout.write(`${sample.name}  ${JSON.stringify(card).length} characters\n`)
  }
}

const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** The contact sheet: each sample in every client, and as text. */
function sheet(chosen: readonly Sample[]): string {
  const picture = (sample: Sample) => (client: Client) =>
    `<figure><img loading="lazy" src="${fileOf(sample, client)}" alt="${sample.name}, ${client.name}"><figcaption>${client.name}</figcaption></figure>`
  const part = (sample: Sample) => `<section><h2>${sample.name}</h2><p>${escapeHtml(sample.shows)}</p>
<div>${clients.map(picture(sample)).join('')}<pre>${escapeHtml(renderText(sample.data, { now, width: 64 }))}</pre></div></section>`
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Nexus cards</title><style>
body{font:14px system-ui,sans-serif;margin:24px;background:#fafafa;color:#242424}section{margin-bottom:40px}
div{display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start}figure{margin:0}figcaption{color:#616161}pre{margin:0;padding:12px;background:#1e1e1e;color:#eee}
</style><h1>Nexus cards</h1>${chosen.map(part).join('\n')}</html>\n`
}

const wanted = process.argv.slice(2)
const chosen = samples.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
if (chosen.length === 0)
  throw new Error(
    `No sample is called ${wanted.join(' or ')}; known are ${samples.map(({ name }) => name).join(', ')}.`,
  )
if (wanted.length === 0) rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags })
try {
  const context = await browser.newContext({
    deviceScaleFactor: 2,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    offline: true,
  })
  const page = await context.newPage()
  const renderer = createRequire(join(root, 'package.json')).resolve('adaptivecards/dist/adaptivecards.min.js')
  await page.setContent(readFileSync(join(root, 'cards/gallery/page.html'), 'utf8'))
  await page.addScriptTag({ content: readFileSync(renderer, 'utf8') })
  await drawAll(page, chosen)
} finally {
  await browser.close()
}
writeFileSync(join(folder, 'index.html'), sheet(samples))
process.stdout.write(`gallery/index.html shows ${chosen.length} cards for ${clients.length} clients.\n`)
