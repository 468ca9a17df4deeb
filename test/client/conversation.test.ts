import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, noBrowser } from '../../infra/local/page/testing/browser.js'
import { openPage, say } from '../../infra/local/page/testing/open-page.js'
import { startProduct, type Product } from '../product/start-product.js'

const described = noBrowser ? describe.skip : describe

described('a conversation in a browser', () => {
  let product: Product
  let browser: Browser
  const faults: string[] = []

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startProduct(), launchBrowser()])
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await product?.stop()
  })

  const open = (who: string): Promise<Page> =>
    openPage(browser, `${product.page}/?as=${who}#personal/${who}`, faults, {
      ...{ viewport: { width: 1280, height: 800 }, timezoneId: 'Europe/Berlin', locale: 'en-GB', timeout: 10_000 },
    })

  test('what Nexus asks back is answered by a word, and what the conversation alone names is pressed', async () => {
    const page = await open('lee')
    const card = (text: string) => page.locator('.card', { hasText: text })
    await say(page, 'restart checkout')
    await card('Which web app of checkout-web do you mean?').waitFor()
    await say(page, 'checkout-web-dev')
    await card('checkout-web-dev').last().getByText('Withdraw request').waitFor()
    await say(page, 'who owns checkout-web-stg')
    await card('Storefront owns checkout-web-stg').waitFor()
    await say(page, 'restart it')
    const offered = card('Restart checkout-web-stg?').last()
    await offered.waitFor()
    expect(await card('Who may approve').count()).toBe(1)
    await offered.getByRole('button', { name: 'Restart checkout-web-stg', exact: true }).click()
    await card('checkout-web-stg').last().getByText('Withdraw request').waitFor()
    await page.context().close()
    expect(faults).toEqual([])
  })

  test('a guess carries thumbs, an answer in a command’s own words none; a thumb becomes a case', async () => {
    const page = await open('mei')
    await say(page, 'who owns checkout')
    await page.locator('.card', { hasText: 'Storefront owns checkout-web' }).waitFor()
    expect(await page.getByRole('button', { name: 'This answer did not help' }).count()).toBe(0)
    await say(page, 'which things would notice payments-db going away')
    await page.getByRole('button', { name: 'This answer did not help' }).click()
    await page.getByLabel('What was good or missing?').fill('I wanted the rota')
    await page.locator('.feedback').getByRole('button', { name: 'Send' }).click()
    await page.getByText('Thanks, your feedback was sent.').waitFor()
    await page.context().close()
    expect(faults).toEqual([])

    const { out, status } = await product.terminal('feedback', 'export', '--as', 'ruth')
    expect(status).toBe(0)
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toEqual([
      expect.objectContaining({
        text: 'which things would notice payments-db going away',
        command: null,
        speaker: 'mei@contoso.com',
        note: expect.stringContaining('who wrote: I wanted the rota'),
      }),
    ])
    const listed = await product.ask('ruth', 'personal/ruth', 'show bad feedback')
    expect(listed.words).toMatch(/which things would notice payments-db going away[^]*I wanted the rota/)
    const refused = await product.terminal('feedback', 'export', '--as', 'dana')
    expect(refused.status).toBe(1)
    expect(refused.out).toBe('')
  })
})
