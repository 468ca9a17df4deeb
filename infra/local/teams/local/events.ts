import type { ServerResponse } from 'node:http'
import { seenBy } from '../client/seen.js'
import type { Refresher } from '../client/refresh.js'
import type { TeamsContext } from '../context.js'
import type { Account } from '../directory.js'
import type { FeedEvent } from '../feed.js'
import { visibleTo } from '../history.js'
import type { Message } from '../model.js'

const heartbeatMs = 20_000

/**
 * Streams of Server-Sent Events for open pages: `message`, `edited`, `deleted`, `reaction`, `typing`, `wire`, each as
 * one person sees it. Their ids are numbers of the feed, kept over a restart: who comes back with `Last-Event-ID` gets
 * every message that changed since, once, as it is now. `ready` comes first and says from where on.
 */
export class EventStreams {
  readonly #open = new Set<ServerResponse>()
  constructor(
    private readonly context: TeamsContext,
    private readonly refresher: Refresher,
  ) {}

  /** Serves one page until it goes away. @param after the last number it saw; undefined starts with what comes. */
  open(response: ServerResponse, person: Account, after: number | undefined): void {
    const { context } = this
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write('retry: 1000\n\n')
    const send = (event: FeedEvent) => this.#send(response, person, event)
    if (after !== undefined) for (const event of this.#missed(after)) send(event)
    write(response, 'ready', { as: person.id }, context.state.value.sequence)
    const stop = context.feed.listen(send)
    const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs).unref()
    this.#open.add(response)
    response.on('close', () => {
      stop()
      clearInterval(heartbeat)
      this.#open.delete(response)
    })
  }

  close(): void {
    for (const response of this.#open) response.end()
  }

  #missed(after: number): FeedEvent[] {
    const messages = this.context.history.changedAfter(after).map((message): FeedEvent & { sequence: number } => ({
      kind: message.deletedAt ? 'deleted' : message.created > after ? 'message' : message.change,
      sequence: message.changed,
      message,
    }))
    const wire = this.context.wire.after(after).map((entry) => ({ kind: 'wire' as const, sequence: entry.id, entry }))
    return [...messages, ...wire].sort((a, b) => a.sequence - b.sequence)
  }

  #send(response: ServerResponse, person: Account, event: FeedEvent): void {
    if (event.kind === 'wire') return write(response, 'wire', event.entry, event.sequence)
    if ('only' in event && event.only !== undefined && event.only !== person.id) return
    if (event.kind === 'typing') return this.#sendTyping(response, person, event)
    const { message, kind, sequence } = event
    if (!this.#sees(person, message.place) || !visibleTo(message, person.id)) return
    const where = message.place
    if (kind === 'deleted') return write(response, kind, { where, message: { id: message.id, where } }, sequence)
    write(response, kind, { where, message: seenBy(message, person.id, this.context.directory) }, sequence)
    this.#refresh(message, person)
  }

  #sendTyping(response: ServerResponse, person: Account, event: FeedEvent & { kind: 'typing' }): void {
    if (event.from === person.id || !this.#sees(person, event.place)) return
    const bot = event.from === 'bot'
    const name = bot ? this.context.directory.bot.name : this.context.directory.account(event.from)?.name
    write(response, 'typing', { where: event.place, replyTo: event.root ?? null, from: { id: event.from, name, bot } })
  }

  /** A page that shows a card looks at it: the person's own view follows as an `edited` event. */
  #refresh(message: Message, person: Account): void {
    void this.refresher.whatIsSeen([message], person)
  }

  #sees(person: Account, place: string): boolean {
    return this.context.directory.place(place)?.kind === 'channel' || place === `personal/${person.id}`
  }
}

function write(response: ServerResponse, event: string, data: unknown, id?: number): void {
  response.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}
