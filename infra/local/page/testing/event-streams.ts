import type { ServerResponse } from 'node:http'

/** The event streams (`text/event-stream`) of the pages that are open, each with the person who reads it. */
export class EventStreams {
  readonly #streams = new Map<ServerResponse, string>()

  /** Keeps a response open as a person's stream until the page goes. */
  open(response: ServerResponse, as: string): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(': open\n\n')
    this.#streams.set(response, as)
    response.on('close', () => this.#streams.delete(response))
  }

  /** Tells everybody, or those whom `reader` chooses. */
  tell(kind: string, data: unknown, reader: (as: string) => boolean = () => true): void {
    for (const [stream, as] of this.#streams)
      if (reader(as)) stream.write(`event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  /** Breaks all of them, as a network does. */
  drop(): void {
    for (const stream of this.#streams.keys()) stream.destroy()
  }
}
