import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { launchBrowser } from '../../infra/local/page/testing/browser.js'
import { projectRoot } from '../../infra/local/project-root.js'
import { startProduct } from '../product/start-product.js'

// `npm run picture`: draws the README's picture, the page with an answer as the running product gives it.
const file = join(projectRoot(), 'test', 'client', 'answer.png')
const product = await startProduct()
const browser = await launchBrowser()
try {
  const page = await browser.newPage({
    viewport: { width: 1180, height: 760 },
    timezoneId: 'Europe/London',
    locale: 'en-GB',
  })
  await product.say('grace', 'incidents', 'Sign-in feels slow from London. Anyone else?')
  await product.ask('kofi', 'incidents', "@Nexus who's on call for auth")
  await page.goto(`${product.page}/?as=kofi&theme=light#incidents`)
  await page.locator('.card', { hasText: 'carries the pager' }).waitFor()
  await page.evaluate('document.activeElement?.blur()')
  writeFileSync(file, await page.screenshot())
  process.stdout.write(`${file}\n`)
} finally {
  await browser.close()
  await product.stop()
}
