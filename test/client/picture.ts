import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { launchBrowser } from '../../infra/local/page/testing/browser.js'
import { projectRoot } from '../../infra/local/project-root.js'
import { startProduct, type Product } from '../product/start-product.js'

// `npm run picture`: takes the README's pictures from the page of the running product, so that they show what it gives today.
const folder = join(projectRoot(), 'test', 'client')

/** A window as wide as a conversation beside another one. */
const narrow: [number, number] = [620, 1200]

/** The page as one person has it open, in a window of that width and height. */
async function open(browser: Browser, address: string, zone: string, [width, height]: [number, number]): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width, height },
    deviceScaleFactor: 1.5,
    timezoneId: zone,
    locale: 'en-GB',
  })
  await page.goto(address)
  return page
}

/** Writes a picture of a part of the page, with nothing in it that has the focus. */
async function take(name: string, part: Locator): Promise<void> {
  await part.page().evaluate('document.activeElement?.blur()')
  writeFileSync(join(folder, name), await part.screenshot())
  process.stdout.write(`${join(folder, name)}\n`)
}

/** Who is on call, asked while people wonder about it. */
async function takeAnswer(product: Product, browser: Browser): Promise<void> {
  await product.say('grace', 'incidents', 'Sign-in feels slow from London. Anyone else?')
  await product.ask('kofi', 'incidents', "@Nexus who's on call for auth")
  const page = await open(browser, `${product.page}/?as=kofi&theme=light#incidents`, 'Europe/London', [1180, 700])
  await page.locator('.card', { hasText: 'carries the pager' }).waitFor()
  await take('answer.png', page.locator('#page'))
}

/** A change that waits, as the team lead sees it who may approve it. */
async function takeApproval(product: Product, browser: Browser): Promise<void> {
  await product.ask('kofi', 'storefront', '@Nexus restart checkout in staging')
  const page = await open(browser, `${product.page}/?as=clara&theme=light#storefront`, 'Europe/Berlin', narrow)
  const thread = page.locator('.thread', { hasText: 'restart checkout in staging' })
  await thread.getByRole('button', { name: 'Approve restart' }).waitFor()
  await take('approval.png', thread)
}

/** An outage's thread at its height: the alerts of one deployment, and the few replies below. */
async function takeIncident(product: Product, browser: Browser): Promise<void> {
  await product.call('/local/storm', { speed: 2 })
  const page = await open(browser, `${product.page}/?as=dana&theme=light#identity-alerts`, 'Europe/Berlin', narrow)
  const thread = page.locator('.thread', { hasText: 'auth-api' })
  await thread.getByText('It is SEV 0 now').waitFor()
  const [root] = (await product.messages('identity-alerts', 'dana')).filter(({ card }) => card)
  await product.say('dana', 'identity-alerts', 'Connections rise with 4.7.1. I am swapping the slot back.', root!.id)
  await thread.getByText('swapping the slot back').waitFor()
  await take('incident.png', thread)
  await product.call('/local/storm', undefined, 'DELETE')
}

const product = await startProduct()
const browser = await launchBrowser()
try {
  await takeAnswer(product, browser)
  await takeApproval(product, browser)
  await takeIncident(product, browser)
} finally {
  await browser.close()
  await product.stop()
}
