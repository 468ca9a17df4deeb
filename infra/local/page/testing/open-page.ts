import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** How a window is opened, beyond what Playwright asks. */
export interface Opening extends BrowserContextOptions {
  /** How long anything may take, milliseconds. */
  timeout: number
  /** Console errors that the test brings about itself. */
  expected?: RegExp
}

/**
 * Opens the local Teams page in a window of its own, without motion, and waits for the list of places.
 * @param faults gets the page's errors and what its console says of errors, as long as the window is open.
 */
export async function openPage(browser: Browser, url: string, faults: string[], opening: Opening): Promise<Page> {
  const { timeout, expected, ...options } = opening
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(timeout)
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected?.test(message.text())) faults.push(message.text())
  })
  await page.goto(url)
  await page.locator('.entries a').first().waitFor({ state: 'attached' })
  return page
}

/** Writes in the box under the conversation and sends it. */
export async function say(page: Page, text: string): Promise<void> {
  await page.locator('.foot-frame .editor').click()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}
