import type { VendorResponse } from '../../frame/router.js'
import type { PageFile } from '../options.js'
import { Refusal } from '../refusal.js'

/** Scripts only from here; the card renderer sets styles on elements, and cards show pictures from anywhere on https. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https: http://127.0.0.1:*",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Headers of everything that the page's server gives. */
export const pageHeaders = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
}

/** Serves the page's files, made when the first of them is asked for. */
export class Page {
  #files: Promise<Map<string, PageFile>> | undefined
  /** @param make gives the files by path, `/` being the page itself. */
  constructor(private readonly make: (() => Promise<Map<string, PageFile>>) | undefined) {}

  async file(path: string): Promise<VendorResponse> {
    const file = (await this.#all()).get(path)
    if (!file) throw new Refusal(404, `There is no page '${path}'.`)
    return { status: 200, headers: { 'content-type': file.type }, body: file.body }
  }

  async #all(): Promise<Map<string, PageFile>> {
    if (!this.make) return new Map()
    this.#files ??= this.make()
    try {
      return await this.#files
    } catch (fault) {
      this.#files = undefined // made again at the next request, when its source may be right
      throw fault
    }
  }
}
