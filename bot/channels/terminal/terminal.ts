import { numberedIds, terminalAnswer } from './answer.js'
import type { HubClient, TurnAnswer } from './hub-client.js'
import { printSync, sayProgress, sourceLines } from './print-sources.js'
import { printVerdict } from './print-verdict.js'
import { usage, type Wish } from './read-arguments.js'
import { escaped, type Screen } from './screen.js'

/** Outcomes of what was done; who is asked back, offered something else or refused has not got what they asked for. */
const good = new Set(['answer', 'note', 'propose'])

/**
 * Does what was wished and answers the exit status: 0 only where it was done.
 * @param last what is remembered of the last answer to the same person
 */
export async function runWish(
  wish: Exclude<Wish, { do: 'storm' }>,
  hub: HubClient,
  screen: Screen,
  last: { idOf(said: string): string; keep(ids: readonly (string | null)[]): void },
): Promise<number> {
  const printTurn = (turn: TurnAnswer, json: boolean): number => {
    last.keep(numberedIds(turn.card))
    return print(turn, json, screen)
  }
  switch (wish.do) {
    case 'ask':
      return printTurn(await hub.ask(wish.text, wish.in), wish.json)
    case 'press':
      return printTurn(await hub.press(last.idOf(wish.id), wish.in), wish.json)
    case 'help':
      if (!wish.json) screen.print(`${usage}\n`)
      return printTurn(await hub.ask('/help'), wish.json)
    case 'understand':
      return understand(hub, screen)
    case 'audit verify':
      return printVerdict(await hub.verifyAudit(), wish.json, screen)
    case 'audit export':
      return exportAudit(hub, screen)
    case 'feedback export':
      for (const one of await hub.feedbackCases()) screen.print(JSON.stringify(one))
      return 0
    case 'status':
      return printStatus(await hub.status(), wish.json, screen)
    case 'sync':
      return printSync(await hub.sync(wish.source, wish.json ? undefined : sayProgress(screen)), wish.json, screen)
    case 'dead-letters':
      return listLetters(hub, wish.json, screen)
    case 'show-letter':
      return showLetter(await hub.deadLetter(wish.source, wish.id), wish.json, screen)
    case 'revive-letter':
      await hub.revive(wish.source, wish.id)
      screen.print(wish.json ? '{"revived":true}' : 'It is worked on once more.')
      return 0
  }
}

function print({ outcome, args, card, reader }: TurnAnswer, json: boolean, screen: Screen): number {
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

/** Prints the log as it is now: the lines that reading it adds are left for the next time. */
async function exportAudit(hub: HubClient, screen: Screen): Promise<number> {
  const { head } = await hub.verifyAudit()
  for (let from = 1; from <= head.seq;) {
    const entries = await hub.auditEntries(from)
    if (!entries.length) break
    for (const entry of entries) if (entry.seq <= head.seq) screen.print(JSON.stringify(entry))
    from = entries.at(-1)!.seq + 1
  }
  return 0
}

function printStatus(status: Awaited<ReturnType<HubClient['status']>>, json: boolean, screen: Screen): number {
  const down = status.sources.some((source) => source.down)
  if (json) screen.print(JSON.stringify(status))
  else {
    screen.print(`Nexus answers, with ${status.commands} commands, at ${status.now}.`)
    for (const source of status.sources) for (const line of sourceLines(source)) screen.print(escaped(line))
    if (status.deadLetters)
      screen.print(
        `▲ ${status.deadLetters} ${status.deadLetters === 1 ? 'webhook' : 'webhooks'} could not be read: nexus dead-letters`,
      )
    for (const title of status.unread) screen.print(`◔ ${title.padEnd(14)} is being read for the first time`)
    for (const line of status.standing) screen.print(`◐ ${'Control'.padEnd(14)} ${line}`)
    if (status.unreached !== null) screen.print(`◐ ${'Teams'.padEnd(14)} ${status.unreached} “whom can you not reach”`)
    for (const mistake of status.mistakes) screen.print(`▲ ${'Settings'.padEnd(14)} ${mistake}`)
    const { queued, unknown, dead } = status.outbox
    screen.print(
      `${unknown + dead ? '▲' : '●'} ${'Outbox'.padEnd(14)} ${queued} waiting to be sent${unknown + dead ? ` · ${unknown} unknown and ${dead} dead wait for a person` : ''}`,
    )
  }
  return down ? 1 : 0
}

async function listLetters(hub: HubClient, json: boolean, screen: Screen): Promise<number> {
  let shown = 0
  for (let after: string | undefined, more = true; more;) {
    const page = await hub.deadLetters(after)
    for (const letter of page.letters)
      screen.print(
        json
          ? JSON.stringify(letter)
          : `▲ ${escaped(letter.source)} ${escaped(letter.id)} · ${letter.at}\n  ${escaped(letter.reason)}`,
      )
    shown += page.letters.length
    after = page.after
    more = after !== undefined
  }
  if (!shown && !json) screen.print('No webhook waits for a person.')
  return 0
}

function showLetter(letter: Awaited<ReturnType<HubClient['deadLetter']>>, json: boolean, screen: Screen): number {
  if (json) screen.print(JSON.stringify(letter))
  else {
    screen.print(`${escaped(letter.source)} ${escaped(letter.id)} · ${letter.at} · tried ${letter.attempts} times`)
    screen.print(escaped(letter.reason))
    for (const [name, value] of Object.entries(letter.headers)) screen.print(`${name}: ${escaped(value)}`)
    screen.print(escaped(letter.body))
  }
  return 0
}
