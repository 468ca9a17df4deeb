import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { CatalogSource, Delta, SweepPage } from '../../skills/kit/catalog-source.js'
import type { Json, Ref } from '../../skills/kit/model.js'

/** The vendor's own source, as it is asked over the network. */
type Served = Required<Pick<CatalogSource, 'sweep' | 'delta' | 'reread'>>

/** What is asked of it: the page after a cursor, what is new, or some entities. */
type Asked = { page: Json | null } | { delta: Json } | { reread: Ref[] }

/** Serves a vendor of a test to hubs that are other processes. @returns its address, and what ends it */
export async function serveVendor(source: Served): Promise<{ address: string; stop(): Promise<void> }> {
  const never = new AbortController().signal
  const answer = async (asked: Asked): Promise<unknown> => {
    if ('delta' in asked) return source.delta(asked.delta, never)
    if ('reread' in asked) return source.reread(asked.reread, never)
    for await (const page of source.sweep(asked.page ?? undefined, never)) return page
    return undefined
  }
  const server: Server = createServer((request, response) => {
    const answered = json(request).then((asked) => answer(asked as Asked))
    answered.then(
      (said) => response.end(JSON.stringify({ said })),
      () => response.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  }
}

/** The vendor as a hub's source. */
export function servedSource(address: string): Served & Pick<CatalogSource, 'name' | 'title'> {
  async function ask<T>(asked: Asked, signal: AbortSignal): Promise<T | undefined> {
    const answer = await fetch(address, { method: 'POST', body: JSON.stringify(asked), signal })
    return ((await answer.json()) as { said?: T }).said
  }
  return {
    name: 'sample',
    title: 'Sample',
    async *sweep(from, signal) {
      for (let cursor = from ?? null; ;) {
        const page = await ask<SweepPage>({ page: cursor }, signal)
        if (!page) return
        yield page
        cursor = page.cursor
      }
    },
    delta: (since, signal) => ask<Delta>({ delta: since }, signal),
    reread: async (refs, signal) => (await ask<Pick<Delta, 'claims' | 'gone'>>({ reread: [...refs] }, signal))!,
  }
}
