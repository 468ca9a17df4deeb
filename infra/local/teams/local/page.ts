import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { extname, join, normalize, sep } from 'node:path'
import type { VendorResponse } from '../../frame/router.js'
import { Refusal } from '../refusal.js'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}

/** Scripts only from here; the card renderer sets styles on elements, and cards show pictures from anywhere on https. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
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

/** Serves the page's folder at `/`, and the Adaptive Cards renderer at `/adaptivecards.js`. */
export class Page {
  constructor(
    private readonly folder: string | undefined,
    private readonly renderer: string | undefined,
  ) {}

  /** One file by its decoded path; a path that leads out of the folder is as unknown as any other. */
  async file(path: string): Promise<VendorResponse> {
    const unknown = new Refusal(404, `There is no page '${path}'.`)
    if (path === '/adaptivecards.js') return this.#answer(this.renderer ?? installedRenderer(), unknown)
    if (!this.folder) throw unknown
    const inside = normalize(path === '/' ? '/index.html' : path)
    if (inside.includes('\0') || inside.split(sep).some((part) => part.startsWith('.')) || !types[extname(inside)])
      throw unknown
    return this.#answer(join(this.folder, inside), unknown)
  }

  async #answer(file: string, unknown: Refusal): Promise<VendorResponse> {
    const bytes = await readFile(file).catch(() => undefined)
    if (!bytes) throw unknown
    return { status: 200, headers: { 'content-type': types[extname(file)] ?? 'application/octet-stream' }, body: bytes }
  }
}

const installedRenderer = () => createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js')
