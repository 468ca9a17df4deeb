import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { renderCard } from '../../cards/render.js'
import { frameSamples } from '../../cards/testing/samples/samples.js'
import { now as frameNow } from '../../cards/testing/samples/sample.js'
import { launchBrowser } from '../../infra/local/page/testing/browser.js'
import { projectRoot } from '../../infra/local/project-root.js'
import { contactSheet, fileOf, type Exhibit } from './contact-sheet.js'
import { readContoso } from './contoso.js'
import { clients } from './host-config.js'
import { samples } from './samples/samples.js'

// npm run gallery [part of a name …]: has the real hub and skills answer, and draws every answer with the official renderer as
// Teams' clients would, to PNG in gallery/. Behind them come the cards made by hand that try the frame.

const root = projectRoot()
const folder = join(root, 'gallery')

async function exhibits(wanted: (name: string) => boolean): Promise<Exhibit[]> {
  const chosen = samples.filter(({ name }) => wanted(name))
  const contoso = chosen.length ? await readContoso() : undefined
  const said: Exhibit[] = []
  // One after the other: all at once would wait for each other longer than a command may take.
  for (const { name, shows, reply } of chosen)
    said.push({ name, shows, card: await contoso!.show(await reply(contoso!)), now: contoso!.now })
  const made = frameSamples.map(({ name, shows, data }) => ({
    name: `frame-${name}`,
    shows,
    card: data,
    now: frameNow,
  }))
  return [...said, ...made.filter(({ name }) => wanted(name))]
}

/** What one drawing came to, as the page's script tells it. */
interface Drawn {
  problems: string[]
  height: number
}

async function draw(page: Page, exhibit: Exhibit): Promise<void> {
  const { name, now } = exhibit
  const card = renderCard(exhibit.card, { now })
  const heights: string[] = []
  for (const client of clients) {
    const call = `draw(${JSON.stringify(card)}, ${JSON.stringify(client)})`
    const { problems, height } = await page.evaluate<Drawn>(call)
    if (problems.length > 0) throw new Error(`${name}, ${client.name}: ${problems.join('; ')}`)
    await page.locator('body').screenshot({ path: join(folder, fileOf(exhibit, client)) })
    heights.push(`${client.name} ${height}`)
  }
  process.stdout.write(`${name}  ${JSON.stringify(card).length} characters, high: ${heights.join(', ')}\n`)
}

const parts = process.argv.slice(2)
const shown = await exhibits((name) => parts.length === 0 || parts.some((part) => name.includes(part)))
if (shown.length === 0) throw new Error(`No card has ${parts.join(' or ')} in its name; gallery/index.html names all.`)
if (parts.length === 0) rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const browser = await launchBrowser()
try {
  const context = await browser.newContext({
    deviceScaleFactor: 2,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    offline: true,
  })
  const page = await context.newPage()
  const renderer = createRequire(join(root, 'package.json')).resolve('adaptivecards/dist/adaptivecards.min.js')
  await page.setContent(readFileSync(join(root, 'test/gallery/page.html'), 'utf8'))
  await page.addScriptTag({ content: readFileSync(renderer, 'utf8') })
  for (const exhibit of shown) await draw(page, exhibit)
} finally {
  await browser.close()
}
if (parts.length === 0) writeFileSync(join(folder, 'index.html'), contactSheet(shown, clients))
process.stdout.write(
  `${shown.length} cards for ${clients.length} clients are in gallery/, on one page in gallery/index.html.\n`,
)
