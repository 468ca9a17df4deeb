import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, noBrowser } from '../../infra/local/page/testing/browser.js'
import { openPage } from '../../infra/local/page/testing/open-page.js'
import type { SeenMessage } from '../product/local-teams.js'
import { cardButtons, cardWords, type CardElement } from '../product/read-card.js'
import { startBallotProduct, type BallotProduct } from './testing/start-ballot-product.js'

let product: BallotProduct
beforeAll(async () => {
  product = await startBallotProduct()
}, 90_000)
afterAll(() => product?.stop())

/** What a click or a dialog came to. */
interface Came {
  card?: CardElement
  message?: string
  dialog?: { id: string; title: string; card: CardElement }
  error?: string
}
const place = 'identity-alerts'
const call = <T>(path: string, body?: unknown) => product.call<T>(path, body)
const click = (as: string, message: string, action: string) => call<Came>('/local/click', { as, message, action })
const submit = (as: string, dialog: string, inputs: object) => call<Came>('/local/submit', { as, dialog, inputs })
const words = (card: CardElement | null | undefined) => cardWords(card).join('\n')

/** A message of a place as somebody sees it, once it is there and as it is wanted. */
async function seen(
  question: string,
  as: string,
  wanted: (message: SeenMessage) => boolean = () => true,
): Promise<SeenMessage> {
  for (const end = performance.now() + 10_000; performance.now() < end; await pause(50)) {
    const found = (await product.messages(place, as)).find(({ card }) => words(card).includes(question))
    if (found && wanted(found)) return found
  }
  throw new Error(`${as} does not see ${question} so`)
}
async function open(question: string): Promise<void> {
  await product.ask('mei', 'personal/mei', `open ballot ${question}`)
}
const isDecided = ({ card }: SeenMessage) => words(card).includes('It is decided')

describe('a card with views of single persons', () => {
  test('stands in the channel of the team, and shows buttons to those who decide and to nobody else', async () => {
    await open('merge it')
    const { id, card } = await seen('merge it', 'dana')
    expect(cardButtons(card)).toEqual(['Accept', 'Reject…'])
    expect(cardButtons((await seen('merge it', 'lee')).card)).toEqual(['Accept', 'Reject…'])
    for (const other of ['mei', 'sam']) expect(cardButtons((await seen('merge it', other)).card)).toEqual([])
    expect(await product.call(`/local/messages?where=${place}&as=mei`)).not.toContain('Accept')
    expect((await click('dana', id, 'Accept')).card).toMatchObject({ type: 'AdaptiveCard' })
    for (const person of ['dana', 'lee', 'mei']) {
      const decided = await seen('merge it', person, isDecided)
      expect([cardButtons(decided.card), words(decided.card)]).toEqual([
        [],
        expect.stringContaining('Dana Ortiz: accepted'),
      ])
    }
  })

  test('a click from one’s own view answers with that person’s new view, and others’ follow by the edit', async () => {
    await open('ship it')
    const { id } = await seen('ship it', 'lee')
    const came = await click('lee', id, 'Accept')
    expect(words(came.card)).toContain('Lee Park: accepted')
    const late = await seen('ship it', 'dana', isDecided)
    await expect(click('dana', late.id, 'Accept')).rejects.toThrow('has no button')
  })
})

describe('a dialog', () => {
  test('asks, says what is wrong with what was kept, and closes with a sentence', async () => {
    await open('freeze it')
    const { id } = await seen('freeze it', 'dana')
    const { dialog } = await click('dana', id, 'Reject…')
    expect(dialog).toMatchObject({ title: 'Reject' })
    expect(cardButtons(dialog!.card)).toEqual(['Reject'])
    await expect(submit('dana', dialog!.id, {})).rejects.toThrow('The reason: fill this in')
    await expect(submit('lee', dialog!.id, { reason: 'not mine' })).rejects.toThrow(
      "is not Dana Ortiz's".replace('Dana Ortiz', 'Lee Park'),
    )
    const again = await submit('dana', dialog!.id, { reason: 'no' })
    expect(words(again.dialog?.card)).toContain('That reason is too short')
    expect(JSON.stringify(again.dialog?.card)).toContain('"value":"no"')
    const done = await submit('dana', again.dialog!.id, { reason: 'it is Friday' })
    expect(done).toEqual({ message: 'You decided: rejected, it is Friday.' })
    expect(words((await seen('freeze it', 'mei', isDecided)).card)).toContain('Dana Ortiz: rejected, it is Friday')
  })

  test('that is stale says who was faster', async () => {
    await open('stop it')
    const { id } = await seen('stop it', 'dana')
    const { dialog } = await click('dana', id, 'Reject…')
    await click('lee', (await seen('stop it', 'lee')).id, 'Accept')
    const late = await submit('dana', dialog!.id, { reason: 'far too late' })
    expect(words(late.dialog?.card)).toContain('Lee Park has decided already')
    expect(cardButtons(late.dialog?.card)).toEqual([])
  })
})

const described = noBrowser ? describe.skip : describe

described('in a browser', () => {
  let browser: Browser
  const pages: Page[] = []
  let faults: string[]
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())
  beforeEach(() => {
    faults = []
  })
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.context().close()))
    expect(faults).toEqual([])
  })
  const look = async (as: string, width = 1280): Promise<Page> => {
    const options = { viewport: { width, height: 800 }, locale: 'en-GB', timezoneId: 'Europe/Berlin', timeout: 10_000 }
    const page = await openPage(browser, `${product.page}/?as=${as}#${place}`, faults, options)
    pages.push(page)
    return page
  }
  const cardOn = (page: Page, text: string) => page.locator('.card', { hasText: text }).last()

  test('two people look at one card: one decides in a dialog, the other sees no button and then what came of it', async () => {
    const [dana, mei] = [await look('dana'), await look('mei')]
    await open('paint it')
    await cardOn(dana, 'paint it').getByRole('button', { name: 'Reject…' }).waitFor()
    await cardOn(mei, 'paint it').waitFor()
    expect(await cardOn(mei, 'paint it').getByRole('button').count()).toBe(0)
    await cardOn(dana, 'paint it').getByRole('button', { name: 'Reject…' }).click()
    const dialog = dana.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Reject', exact: true }).click()
    await dialog.getByText('The reason: fill this in').waitFor()
    await dialog.getByRole('textbox').fill('no')
    await dialog.getByRole('button', { name: 'Reject', exact: true }).click()
    await dialog.getByText('That reason is too short').waitFor()
    expect(await dialog.getByRole('textbox').inputValue()).toBe('no')
    await dialog.getByRole('textbox').fill('the wrong blue')
    await dialog.getByRole('button', { name: 'Reject', exact: true }).click()
    await dialog.getByText('You decided: rejected, the wrong blue.').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    for (const page of [dana, mei]) {
      await cardOn(page, 'paint it').getByText('Dana Ortiz: rejected, the wrong blue').waitFor()
      expect(await cardOn(page, 'paint it').getByRole('button').count()).toBe(0)
    }
  })

  test('on a phone the dialog fits', async () => {
    const page = await look('lee', 390)
    await open('move it')
    await cardOn(page, 'move it').getByRole('button', { name: 'Reject…' }).click()
    const { x, width } = (await page.getByRole('dialog').boundingBox())!
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + width).toBeLessThanOrEqual(390)
  })

  test('what waits because Teams refuses it is seen behind the scenes by those who run Nexus, and by nobody else', async () => {
    await call('/local/faults', { target: 'teams-post', status: 503 })
    try {
      await product.say('mei', 'personal/mei', 'open ballot wait for it')
      const waits = async () => (await call<{ items: unknown[] }>('/local/outbox?as=lee')).items.length > 0
      for (const end = performance.now() + 15_000; !(await waits()); await pause(100))
        if (performance.now() > end) throw new Error('Nothing waits in the outbox')
      const page = await look('lee')
      await page.goto(`${product.page}/?as=lee#/behind/outbox`)
      const row = page.locator('table.outbox tr', { hasText: 'Ballot' }).first()
      await row.waitFor()
      expect(await row.innerText()).toMatch(/Alerts.*Ballot.*queued/s)
      await expect(call('/local/outbox?as=sam')).rejects.toThrow('403')
    } finally {
      await product.call('/local/faults', undefined, 'DELETE')
    }
    await seen('wait for it', 'dana')
  })
})
