import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const executablePath = '/usr/bin/chromium'

/** Why browser tests are left out, where that was asked for; undefined where they run. */
export const noBrowser = process.env['NEXUS_NO_BROWSER'] === '1'

/** Starts a headless browser. @throws a sentence where none is installed. */
export async function launchBrowser(): Promise<Browser> {
  if (!existsSync(executablePath))
    throw new Error(
      `No browser at ${executablePath}: install the package chromium, or set NEXUS_NO_BROWSER=1 to leave browser tests out.`,
    )
  return chromium.launch({
    executablePath,
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
