import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, noBrowser } from './testing/browser.js'
import { faintTexts } from './testing/contrast.js'
import { openPage, say as sayOn } from './testing/open-page.js'
import { approvalCard, incidentCard, onCallCard } from './testing/sample-cards.js'
import { SampleService } from './testing/sample-service.js'

const described = noBrowser ? describe.skip : describe

described('the local Teams page in a browser', () => {
  let browser: Browser
  let service: SampleService
  let page: Page
  let faults: string[]

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    service = await SampleService.start()
    faults = []
  })
  afterEach(async () => {
    await page.context().close()
    await service.close()
    expect(faults).toEqual([])
  })

  // The browser itself notes refusals and the connection that a test breaks.
  const expected = /status of (404|409|503)|ERR_INCOMPLETE_CHUNKED/
  const open = async (path: string, width = 1280, height = 800): Promise<Page> =>
    (page = await openPage(browser, service.url + path, faults, {
      viewport: { width, height },
      timeout: 4_000,
      expected,
    }))
  const editor = () => page.locator('.foot-frame .editor')
  const message = (text: string) => page.locator('.message', { hasText: text })
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const say = (text: string) => sayOn(page, text)

  test('a question is said, Nexus types, and its card comes live, with times in the reader’s zone', async () => {
    await open('/?as=dana#personal/dana')
    await say("who's on call for auth")
    await page.getByText('Nexus is typing').waitFor()
    await page.locator('.card', { hasText: 'carries the pager for auth-api' }).waitFor()
    expect(await page.locator('.card').innerText()).toContain('until 08:00')
    expect(await page.locator('.card').innerText()).toContain('Wed, 20 Nov 2030')
    await page.getByText('Nexus is typing').waitFor({ state: 'detached' })
    expect(await message('who').first().getAttribute('class')).toContain('own')
    expect(await editor().innerText()).toBe('')
    await page.goto(`${service.url}/?as=sam#incidents`)
    service.post('incidents', 'bot', '', { card: onCallCard('2030-11-20T07:00:00Z') })
    await page.getByText('until 02:00').waitFor()
  })

  test('the mention picker puts Nexus first, takes keys, and a mention is one piece', async () => {
    await open('/?as=dana#identity')
    await editor().click()
    await page.keyboard.type('@')
    expect(await page.locator('.offer-title').allInnerTexts()).toEqual(['Nexus', 'Lee Park', 'Sam Osei'])
    await page.keyboard.press('Enter')
    await page.keyboard.type('please ask @lee')
    await page.keyboard.press('Tab')
    expect(await editor().locator('.mention').allInnerTexts()).toEqual(['Nexus', 'Lee Park'])
    await page.keyboard.type('today')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('or tomorrow')
    await page.keyboard.press('Enter')
    await message('I heard').waitFor()
    expect(service.calls.find(({ path }) => path === '/local/say')?.body).toEqual({
      as: 'dana',
      where: 'identity',
      text: '@Nexus please ask @Lee Park today\nor tomorrow',
    })
    expect(await message('please ask').first().locator('.mention').allInnerTexts()).toEqual(['Nexus', 'Lee Park'])
  })

  test('the slash list comes from the app’s commands of the place', async () => {
    await open('/?as=dana#identity')
    await editor().click()
    await page.keyboard.type('/')
    expect(await page.getByRole('option').allInnerTexts()).toEqual([
      expect.stringContaining('/on-call'),
      expect.stringContaining('/incidents'),
    ])
    await page.keyboard.type('inc')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.locator('.card', { hasText: 'INC-131' }).waitFor()
    expect(service.calls.find(({ path }) => path === '/local/say')?.body['text']).toBe('/incidents')
  })

  test('what cannot be sent stays in the box with the reason', async () => {
    await open('/?as=dana#identity')
    service.refuseWith = 'Teams takes nothing now.'
    await say('keep me')
    await page.getByRole('alert').getByText('Not sent. Teams takes nothing now.').waitFor()
    expect(await editor().innerText()).toBe('keep me')
    service.refuseWith = undefined
    await page.keyboard.press('Enter')
    await message('keep me').waitFor()
  })

  test('replies go to their thread, which folds, and a link opens it at the message', async () => {
    const root = service.post('identity', 'lee', 'retry budget?')
    for (const text of ['one', 'two', 'three', 'four']) service.post('identity', 'sam', text, { replyTo: root['id'] })
    await open('/?as=dana#identity')
    expect(await page.locator('.reply').allInnerTexts()).toEqual([expect.stringContaining('four')])
    await page.getByRole('button', { name: '3 earlier replies from Sam Osei' }).click()
    expect(await page.locator('.reply').count()).toBe(4)
    await button('Reply').click()
    await page.keyboard.type('@nexus why')
    await page.keyboard.press('Enter')
    await message('token cache').waitFor()
    await page.locator('.ai-label').waitFor()
    expect(service.calls.find(({ path }) => path === '/local/say')?.body['replyTo']).toBe(root['id'])
    const deep = service.post('identity', 'sam', 'deep one', { replyTo: root['id'] })
    for (const text of ['x', 'y', 'z']) service.post('identity', 'sam', text, { replyTo: root['id'] })
    await page.goto('about:blank')
    await page.goto(`${service.url}/?as=dana#identity/${String(deep['id'])}`)
    await page.locator('.reply:focus', { hasText: 'deep one' }).waitFor()
  })

  test('a button answers in place: the card is replaced, an error stands under it, a menu holds the rest', async () => {
    service.post('identity', 'bot', 'Restart waits.', { card: approvalCard() })
    service.post('incidents', 'bot', 'INC-131', { card: incidentCard() })
    await open('/?as=dana#identity')
    await button('Plan').click()
    await page.getByText('restart', { exact: false }).getByText('POST').waitFor()
    await button('Fail').click()
    await page.locator('.card-note.error', { hasText: 'could not be reached' }).waitFor()
    await button('Approve restart').click()
    await page.getByText('Approved by dana.').waitFor()
    expect(await button('Approve restart').count()).toBe(0)
    await page.getByText('Edited').waitFor()
    await page.goto(`${service.url}/?as=dana#incidents`)
    await button('Assign…').click()
    await button('Assign').click()
    await page.getByText('Choose somebody.').waitFor()
    await page.locator('select').selectOption('lee')
    await button('Assign').click()
    await page.getByText('Assign: done for lee.').waitFor()
    await page.locator('.ac-pushButton', { hasText: '...' }).click()
    await page.getByRole('menuitem', { name: 'Why grouped' }).click()
    await page.getByText('Why grouped: done.').waitFor()
  })

  test('a dialog checks its form, leads to another, and ends in the changed card', async () => {
    service.post('identity', 'bot', 'Restart waits.', { card: approvalCard() })
    await open('/?as=dana#identity')
    await button('Reject…').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Reject restart' }).click()
    await dialog.getByText('Say why.').waitFor()
    await dialog.getByRole('textbox').fill('too late today')
    await dialog.getByRole('button', { name: 'Reject restart' }).click()
    await dialog.getByText('Reject with “too late today”?').waitFor()
    expect(service.calls.at(-1)?.body).toMatchObject({ inputs: { reason: 'too late today', again: 'true' } })
    await dialog.getByRole('button', { name: 'Yes, reject' }).click()
    await page.getByText('Rejected by dana: too late today.').waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('switching the person shows their view, and the address keeps it', async () => {
    service.post('identity', 'bot', 'for Lee', { targeted: true, only: 'lee' })
    await open('/?as=dana#identity')
    expect(await message('for Lee').count()).toBe(0)
    await page.getByRole('button', { name: 'Account: Dana Ortiz' }).click()
    await page.keyboard.type('developer')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await message('for Lee').getByText('Only you can see this message').waitFor()
    expect(page.url()).toBe(`${service.url}/?as=lee#identity`)
    await page.reload()
    await message('for Lee').waitFor()
  })

  test('history and unread marks outlive a reload and a broken connection', async () => {
    service.post('identity', 'lee', 'before')
    await open('/?as=dana#personal/dana')
    service.post('identity', 'lee', 'while away, @Dana Ortiz')
    const teams = page.getByRole('button', { name: /^Teams/ })
    await teams.getByText('1').waitFor()
    await page.getByRole('button', { name: /^Activity/ }).click()
    await page.getByText('Lee Park mentioned you').click()
    await message('before').waitFor()
    await message('while away').waitFor()
    await teams.getByText('1').waitFor({ state: 'hidden' })
    service.dropStreams()
    service.post('identity', 'sam', 'in the gap')
    await message('in the gap').waitFor()
    await page.reload()
    await message('in the gap').waitFor()
  })

  test.each(['light', 'dark', 'contrast'])(
    'cards and page are readable in %s, and text from outside stays text',
    async (theme) => {
      service.post('identity', 'bot', 'on call', { card: onCallCard('2030-11-20T07:00:00Z') })
      service.post('identity', 'bot', 'waits', { card: approvalCard() })
      service.post('identity', 'bot', 'broken', { card: incidentCard() })
      service.post('identity', 'bot', '<img src=x onerror="fail()"> **bold** [bad](javascript:alert(1))', {
        card: { type: 'HeroCard' },
      })
      await open(`/?as=dana&theme=${theme}#identity`)
      await page.getByText("This card can't be shown. Its type is 'HeroCard'").waitFor()
      expect(await page.locator('.ac-adaptiveCard').count()).toBe(3)
      expect(await page.locator('.message img[src="x"], .message a[href^="javascript"]').count()).toBe(0)
      expect(await page.locator('.text strong').innerText()).toBe('bold')
      expect(await page.evaluate(faintTexts)).toEqual([])
    },
  )

  test('reactions, search, link preview and installing', async () => {
    service.post('identity', 'lee', 'done')
    await open('/?as=dana#identity')
    await message('done').hover()
    await message('done').getByRole('button', { name: 'Like' }).click()
    await message('done').getByRole('button', { name: 'Like, 1: Dana Ortiz' }).waitFor()
    await page.getByRole('button', { name: 'Search with Nexus' }).click()
    await page.keyboard.type('auth')
    await page.locator('.result', { hasText: 'Service of Identity' }).click()
    await button('Insert').click()
    await page.locator('.enclosure .card').waitFor()
    await page.keyboard.type('look at https://portal.example/auth.')
    await page.locator('.enclosure .card').nth(1).waitFor()
    await button('Leave the card out').first().click()
    expect(await page.locator('.enclosure .card').count()).toBe(1)
    await editor().press('Enter')
    await message('look at').locator('.card').waitFor()
    await page.locator('.enclosures').waitFor({ state: 'hidden' })
    // Sent before anybody was asked about the link: it is asked about first.
    await page.keyboard.type('and https://portal.example/other')
    await page.keyboard.press('Enter')
    await message('and https').locator('.card').waitFor()
    const [asked, sent] = service.calls.filter(({ path }) => path !== '/local/typing').slice(-2)
    expect([asked?.path, sent?.path, sent?.body['cards']]).toEqual([
      '/local/unfurl',
      '/local/say',
      [expect.objectContaining({ type: 'AdaptiveCard' })],
    ])
    await page.locator('.place-head').getByRole('button', { name: 'More options' }).click()
    await page.getByRole('menuitem', { name: 'Remove Nexus from this team' }).click()
    await page.locator('.place-head').getByRole('button', { name: 'More options' }).click()
    await page.getByRole('menuitem', { name: 'Add Nexus to this team' }).waitFor()
  })

  test('behind the scenes: the wire live, an absent outbox said, faults asked for', async () => {
    await open('/?as=dana#/behind/wire')
    await page.getByText('Nothing went over the wire yet').waitFor()
    const said = { as: 'dana', where: 'personal/dana', text: 'hello' }
    await fetch(`${service.url}/local/say`, { method: 'POST', body: JSON.stringify(said) })
    await page.getByRole('option', { name: /to the bot/ }).click()
    await page.locator('.wire-detail', { hasText: '"hello"' }).waitFor()
    await page.getByRole('tab', { name: 'Outbox' }).click()
    await page.getByText('Not available').waitFor()
    await page.getByRole('tab', { name: 'Faults' }).click()
    await page.getByLabel('Status').fill('429')
    await button('Add fault').click()
    await page.getByText('entra is now at fault.').waitFor()
    expect(service.calls.at(-1)?.body).toEqual({ target: 'entra', status: 429 })
  })

  test('on a phone the list and the conversation are two screens, and a wide card fits', async () => {
    service.post('incidents', 'bot', 'INC-131', { card: incidentCard() })
    await open('/?as=dana', 390, 780)
    expect(await page.locator('.list-pane').isVisible()).toBe(true)
    await page.locator('[data-place="incidents"]').click()
    await page.locator('.card').waitFor()
    expect(await page.locator('.list-pane').isVisible()).toBe(false)
    const { x, width } = (await page.locator('.card').boundingBox()) ?? { x: 0, width: 0 }
    expect(width).toBeGreaterThan(300)
    expect(x + width).toBeLessThanOrEqual(390)
    const face = (await page.locator('.message:has(.card) .avatar').boundingBox())!
    const card = (await page.locator('.card').boundingBox())!
    expect(card.y).toBeGreaterThanOrEqual(face.y + face.height)
    await page.getByRole('button', { name: 'Back to the list' }).click()
    expect(await page.locator('.list-pane').isVisible()).toBe(true)
  })
})
