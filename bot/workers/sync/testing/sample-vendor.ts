import type { CatalogSource, SweepPage } from '../../../../skills/kit/catalog-source.js'
import type { Claim, Json, Ref } from '../../../../skills/kit/model.js'

/** How a vendor of tests is. */
export interface VendorWays {
  name?: string
  /** Entities on a page. */
  page?: number
  /** Changes that one delta tells. */
  deltaPage?: number
  /** Called before each answer; what it throws is the vendor's failure. */
  asked?(what: 'page' | 'delta' | 'reread'): Promise<void> | void
}

/** How the services of a vendor are named. */
export const service = (id: string): Ref => ({ kind: 'Service', id })

type Cursor = { after: string; since: number }

/** A vendor whose services tests change at will, as a source of the catalog: pages in the order of ids, deltas, rereading. */
export class SampleVendor {
  readonly #services = new Map<string, Claim>()
  /** Which entity each change was of, the first being number 1. */
  readonly #changes: string[] = []
  /** Changes up to this one are not known any more. */
  #forgotten = 0
  #asked: { page: number; delta: number; reread: number } = { page: 0, delta: 0, reread: 0 }

  constructor(readonly ways: VendorWays = {}) {}

  /** How often it was asked, by what for. */
  get asked(): Readonly<Record<'page' | 'delta' | 'reread', number>> {
    return this.#asked
  }

  set(id: string, version: number, relations: Claim['relations'] = []): void {
    this.put({ kind: 'Service', id, name: id, props: { version: String(version) }, relations })
  }

  put(claim: Claim): void {
    this.#services.set(claim.id, claim)
    this.#changes.push(claim.id)
  }

  remove(id: string): void {
    if (this.#services.delete(id)) this.#changes.push(id)
  }

  /** Forgets what changed, so that no delta can tell it. */
  forget(): void {
    this.#forgotten = this.#changes.length
  }

  has(id: string): boolean {
    return this.#services.has(id)
  }

  /** What it says now, by id: the version of each. */
  versions(): Record<string, Json> {
    return Object.fromEntries(
      [...this.#services].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, { props }]) => [id, props['version'] ?? null]),
    )
  }

  source(): CatalogSource & Required<Pick<CatalogSource, 'delta' | 'reread'>> {
    const { name = 'sample', deltaPage = 3 } = this.ways
    const asked = async (what: 'page' | 'delta' | 'reread') => {
      this.#asked[what]++
      await this.ways.asked?.(what)
    }
    return {
      name,
      title: name[0]!.toUpperCase() + name.slice(1),
      sweep: (from) => this.#sweep(from as Cursor | undefined, () => asked('page')),
      delta: async (since) => {
        await asked('delta')
        const from = since as number
        if (from < this.#forgotten) return undefined
        const ids = this.#changes.slice(from, from + deltaPage)
        const watermark = from + ids.length
        return { ...this.#tell(ids), watermark, ...(watermark < this.#changes.length && { more: true }) }
      },
      reread: async (refs) => {
        await asked('reread')
        return this.#tell(refs.map(({ id }) => id))
      },
    }
  }

  async *#sweep(from: Cursor | undefined, asked: () => Promise<void>): AsyncGenerator<SweepPage> {
    const { page = 3 } = this.ways
    let cursor = from ?? { after: '', since: this.#changes.length }
    for (;;) {
      await asked()
      const left = [...this.#services.values()]
        .filter(({ id }) => id > cursor.after)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
      const claims = left.slice(0, page)
      cursor = { ...cursor, after: claims.at(-1)?.id ?? cursor.after }
      if (claims.length)
        yield { claims, cursor, watermark: cursor.since, progress: { done: claims.length, what: 'services' } }
      if (left.length <= page) return
    }
  }

  #tell(ids: readonly string[]): { claims: Claim[]; gone: Ref[] } {
    const each = [...new Set(ids)]
    return {
      claims: each.flatMap((id) => this.#services.get(id) ?? []),
      gone: each.filter((id) => !this.#services.has(id)).map(service),
    }
  }
}
