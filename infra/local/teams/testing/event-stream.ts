import type { Json } from '../model.js'

/** An event as the page gets it. */
export interface PageEvent {
  id?: string
  event: string
  data: Json
}

/** Reads a page's event stream. */
export class EventStream {
  readonly events: PageEvent[] = []
  readonly #stop = new AbortController()

  static async open(url: string, lastEventId?: string): Promise<EventStream> {
    const stream = new EventStream()
    const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
    const response = await fetch(url, { headers, signal: stream.#stop.signal })
    if (!response.ok || !response.body) throw new Error(await response.text())
    void stream.#read(response.body as unknown as AsyncIterable<Uint8Array>).catch(() => undefined) // closed by the test
    await stream.wait('ready')
    return stream
  }

  /** Waits for an event of a kind, beyond the first so many. */
  async wait(event: string, count = 1): Promise<PageEvent> {
    for (let turn = 0; turn < 200; turn++) {
      const found = this.events.filter((one) => one.event === event)[count - 1]
      if (found) return found
      await new Promise((done) => setTimeout(done, 10))
    }
    throw new Error(`no ${event} among ${this.events.map((one) => one.event).join(', ')}`)
  }

  close = (): void => this.#stop.abort()

  async #read(body: AsyncIterable<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder()
    let rest = ''
    for await (const chunk of body) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const fields = Object.fromEntries(
          block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        )
        const { id, event, data = 'null' } = fields
        if (event) this.events.push({ ...(id === undefined ? {} : { id }), event, data: JSON.parse(data) })
      }
    }
  }
}
