import { terminalAnswer } from './answer.js'
import type { HubClient, TurnAnswer } from './hub-client.js'
import { usage, type Wish } from './read-arguments.js'

/** Where the terminal reads and writes. */
export interface Screen {
  print(line: string): void
  /** Everything on standard input, as lines. */
  readLines(): Promise<string[]>
  width: number
  colour: boolean
}

/** Outcomes for which what was asked was done, or honestly asked back for. */
const good = new Set(['answer', 'note', 'propose', 'ask', 'suggest'])

/** Does what was wished and answers the exit status: 0 only where it was done. */
export async function runWish(wish: Wish, hub: HubClient, screen: Screen): Promise<number> {
  switch (wish.do) {
    case 'ask':
      return printTurn(await hub.ask(wish.text, wish.in), wish.json, screen)
    case 'press':
      return printTurn(await hub.press(wish.id, wish.in), wish.json, screen)
    case 'help':
      if (!wish.json) screen.print(`${usage}\n`)
      return printTurn(await hub.ask('/help'), wish.json, screen)
    case 'understand':
      return understand(hub, screen)
    case 'status':
      return printStatus(await hub.status(), wish.json, screen)
    case 'sync':
      return printSync(await hub.sync(), wish.json, screen)
  }
}

function printTurn({ outcome, args, card, reader }: TurnAnswer, json: boolean, screen: Screen): number {
  const answer = terminalAnswer(
    outcome,
    args,
    card,
    json ? reader : { ...reader, width: screen.width, colour: screen.colour },
  )
  screen.print(json ? JSON.stringify(answer) : answer.text)
  return good.has(answer.outcome) ? 0 : 1
}

/** Lines that one request may hold. */
const batch = 500

async function understand(hub: HubClient, screen: Screen): Promise<number> {
  const lines = await screen.readLines()
  for (let from = 0; from < lines.length; from += batch)
    for (const understood of await hub.understand(lines.slice(from, from + batch)))
      screen.print(JSON.stringify(understood))
  return 0
}

function printStatus(status: Awaited<ReturnType<HubClient['status']>>, json: boolean, screen: Screen): number {
  const down = status.sources.some((source) => source.down)
  if (json) screen.print(JSON.stringify(status))
  else {
    screen.print(`Nexus answers, with ${status.commands} commands, at ${status.now}.`)
    for (const { title, asOf, down } of status.sources)
      screen.print(
        `${down ? '▲' : '●'} ${title.padEnd(14)} ${asOf ? `read ${asOf}` : 'never read'}${down ? ` · ${down.reason} Since ${down.since}.` : ''}`,
      )
    for (const title of status.unread) screen.print(`◔ ${title.padEnd(14)} is being read for the first time`)
    for (const mistake of status.mistakes) screen.print(`▲ ${'Settings'.padEnd(14)} ${mistake}`)
    const { queued, unknown, dead } = status.outbox
    screen.print(
      `${unknown + dead ? '▲' : '●'} ${'Outbox'.padEnd(14)} ${queued} waiting to be sent${unknown + dead ? ` · ${unknown} unknown and ${dead} dead wait for a person` : ''}`,
    )
  }
  return down ? 1 : 0
}

function printSync(reports: Awaited<ReturnType<HubClient['sync']>>, json: boolean, screen: Screen): number {
  if (json) screen.print(JSON.stringify(reports))
  else
    for (const { source, read, written, dropped, down } of reports)
      screen.print(
        down
          ? `▲ ${source.padEnd(14)} ${down}`
          : `● ${source.padEnd(14)} ${read} read, ${written} written, ${dropped} dropped`,
      )
  return reports.some(({ down }) => down) ? 1 : 0
}
