import { randomBytes, randomInt } from 'node:crypto'

/** A sign-in begun on a device without a browser, waiting for a person at another (RFC 8628). */
export interface DeviceCode {
  code: string
  /** What the person types. */
  userCode: string
  application: string
  scope: string
  expires: number
  /** Who approved it; `declined` where they did not want it. */
  answer?: { person: string } | 'declined'
}

/** Seconds. */
export const deviceCodeLifetime = 900
/** Letters and digits that nobody confuses. */
const alphabet = 'BCDFGHJKLMNPQRSTVWXZ2346789'

/** The device codes in flight. They live for a quarter of an hour and do not outlive the process. */
export class DeviceCodes {
  readonly #codes = new Map<string, DeviceCode>()

  /** @param now the machine's time, ms. */
  constructor(private readonly now: () => number = Date.now) {}

  start(application: string, scope: string): DeviceCode {
    for (const { code, expires } of this.#codes.values()) if (expires + 60_000 < this.now()) this.#codes.delete(code)
    const userCode = Array.from({ length: 9 }, () => alphabet[randomInt(alphabet.length)]).join('')
    const code = randomBytes(32).toString('base64url')
    const started = { code, userCode, application, scope, expires: this.now() + deviceCodeLifetime * 1000 }
    this.#codes.set(code, started)
    return started
  }

  /** The sign-in that a person's code belongs to; undefined where there is none, or it is over. */
  waiting(userCode: string): DeviceCode | undefined {
    const wanted = userCode.toUpperCase().replace(/[^A-Z0-9]/g, '')
    return [...this.#codes.values()].find(
      (code) => code.userCode === wanted && code.answer === undefined && code.expires > this.now(),
    )
  }

  /** The sign-in a device asks about. Answered or expired ones are told once. */
  ask(code: string, application: string): DeviceCode | 'expired' | undefined {
    const found = this.#codes.get(code)
    if (!found || found.application !== application) return undefined
    const expired = found.expires <= this.now()
    if (expired || found.answer) this.#codes.delete(code)
    return expired ? 'expired' : found
  }
}
