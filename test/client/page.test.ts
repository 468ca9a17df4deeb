import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, noBrowser } from '../../infra/local/page/testing/browser.js'
import { faintTexts } from '../../infra/local/page/testing/contrast.js'
import { openPage, say as sayOn } from '../../infra/local/page/testing/open-page.js'
import { startProduct, type Product } from '../product/start-product.js'

const described = noBrowser ? describe.skip : describe

described('the product in a browser', () => {
  let product: Product
  let browser: Browser
  let page: Page
  let faults: string[]

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startProduct(), launchBrowser()])
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await product?.stop()
  })
  beforeEach(() => {
    faults = []
  })
  afterEach(async () => {
    await page.context().close()
    expect(faults).toEqual([])
  })

  const open = async (path: string, { width = 1280, zone = 'Europe/Berlin' } = {}): Promise<void> => {
    const window = { viewport: { width, height: 800 }, timezoneId: zone, locale: 'en-GB' }
    page = await openPage(browser, product.page + path, faults, { ...window, timeout: 10_000 })
  }
  const say = (text: string) => sayOn(page, text)
  const card = (text: string) => page.locator('.card', { hasText: text })
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  test.each(['light', 'dark', 'contrast'])('asked in a chat, the card comes and can be read in %s', async (theme) => {
    await open(`/?as=dana&theme=${theme}#personal/dana`)
    await say("who's on call for auth")
    const answer = card('carries the pager for auth-api').last()
    await answer.waitFor()
    expect(await answer.innerText()).toMatch(/until (\w{3}, .* )?0[89]:00/)
    expect(await answer.innerText()).not.toMatch(/\{\{|<at>|undefined/)
    expect(await page.evaluate(faintTexts)).toEqual([])
  })

  test('a button answers in place of the card', async () => {
    await open('/?as=lee#personal/lee')
    await say('pager for auth')
    await card('carries the pager for auth-api').waitFor()
    await button('Incidents of auth-api').click()
    await card('No incident of auth-api is open').waitFor()
    expect(await card('carries the pager').count()).toBe(0)
    await page.getByText('Before (', { exact: false }).first().click()
    await card('Token cache full').waitFor()
  })

  test('asked in a channel, it answers in the thread, and everybody reads it in their own zone, after a reload too', async () => {
    await open('/?as=dana#incidents')
    await page.locator('.foot-frame .editor').click()
    await page.keyboard.type('@Nex')
    await page.keyboard.press('Enter')
    await page.keyboard.type(" who's on call for payments")
    await page.keyboard.press('Enter')
    await page.locator('.reply .card', { hasText: 'Sam Whitfield carries the pager' }).waitFor()
    await page.reload()
    await page.locator('.reply .card', { hasText: 'Sam Whitfield carries the pager' }).waitFor()
    await page.getByRole('button', { name: 'Account: Dana Ortiz' }).click()
    await page.keyboard.type('Mei')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Account: Mei Lin' }).waitFor()
    await page.locator('.reply .card', { hasText: 'Sam Whitfield carries the pager' }).waitFor()
    expect(page.url()).toContain('as=mei')
  })

  test('the slash list is the manifest’s, and its answer only the asker sees', async () => {
    await open('/?as=dana#identity')
    await page.locator('.foot-frame .editor').click()
    await page.keyboard.type('/')
    await page.getByRole('option').first().waitFor()
    const offers = await page.getByRole('option').allInnerTexts()
    for (const command of ['/on-call', '/catalog', '/incident list', '/me', '/help'])
      expect(offers.join('\n')).toContain(command)
    await page.keyboard.type('on-call')
    await page.keyboard.press('Enter')
    await page.keyboard.type(' auth')
    await page.keyboard.press('Enter')
    await card('carries the pager for auth-api').waitFor()
    await page.getByText('Only you can see this message').first().waitFor()
    await page.goto(`${product.page}/?as=lee#identity`)
    await page.locator('.place-head').waitFor()
    expect(await card('carries the pager').count()).toBe(0)
  })

  test('while a message is written, a thing is searched for and a link becomes its card; others read both', async () => {
    await open('/?as=dana&theme=dark#identity')
    await page.getByRole('button', { name: 'Search with Nexus' }).click()
    await page
      .getByRole('button', { name: /^auth-api/ })
      .first()
      .waitFor()
    await page.keyboard.type('token cache')
    await page.getByRole('button', { name: /^Token cache full/ }).click()
    await button('Insert').click()
    await page.locator('.enclosure .card', { hasText: 'Token cache full' }).waitFor()
    await page.keyboard.type('like https://github.com/contoso/payments-api/pull/482 ')
    await page.locator('.enclosure .card', { hasText: 'Retry budget' }).waitFor()
    expect(await page.evaluate(faintTexts)).toEqual([])
    await page.keyboard.press('Enter')
    const said = page.locator('.message', { hasText: 'like https' })
    await said.locator('.card', { hasText: 'Retry budget' }).waitFor()
    await page.goto(`${product.page}/?as=mei#identity`)
    await said.locator('.card', { hasText: 'Token cache full' }).waitFor()
    expect(await said.getByRole('button', { name: /Reopen|Add note/ }).count()).toBe(0)
  })

  test('a link to what nobody knows stays a link', async () => {
    await open('/?as=dana#incidents')
    await page.locator('.foot-frame .editor').click()
    await page.keyboard.type('https://github.com/contoso/no-such-repository')
    await page.keyboard.press('Enter')
    const said = page.locator('.message', { hasText: 'no-such-repository' })
    await said.waitFor()
    expect(await said.locator('.card').count()).toBe(0)
  })

  test('what is left out is asked for in a form, and the form brings the answer', async () => {
    await open('/?as=sam#personal/sam', { zone: 'America/New_York' })
    await say("who's on call")
    const form = card('To answer I need: whose pager.')
    await form.waitFor()
    await button('Go on').click()
    await form.getByText('Whose pager: choose one').waitFor()
    await form.getByRole('combobox').or(form.locator('select, input')).first().fill('checkout-web')
    await button('Go on').click()
    await card('carries the pager for checkout-web').waitFor()
  })

  test('on a phone the card fits', async () => {
    await open('/?as=priya#personal/priya', { width: 390, zone: 'Asia/Kolkata' })
    await say('what depends on payments-db')
    const answer = card('feel it when payments-db fails')
    await answer.waitFor()
    const { x, width } = (await answer.boundingBox())!
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + width).toBeLessThanOrEqual(390)
  })
})
