import { drive, type Driven } from '../load/drive.js'
import type { Connector } from '../load/connector.js'
import { processorTime } from './process-usage.js'
import { median, percentile } from './statistics.js'

/** A bot that is compared. */
export interface Contestant {
  name: string
  port: number
  pid: number
  /** Whether a send is the answer that this bot should give. */
  isAnswer(send: string): boolean
}

/** How the bots are driven. */
export interface Load {
  connector: Connector
  token: string
  body(): string
  connections: number
  /** Of one run. */
  seconds: number
  /** Runs of each bot. */
  rounds: number
}

/** What one run of one bot came to. */
export interface Run {
  requestsPerSecond: number
  latencies: number[]
  /** Milliseconds of processor time a request, over all threads; absent where the system does not tell. */
  processorMs?: number
}

/** What all runs of one bot came to: medians over the runs, percentiles over all requests. */
export interface Throughput {
  name: string
  requestsPerSecond: number
  /** The slowest and the fastest run. */
  range: [number, number]
  p50: number
  p99: number
  processorMs?: number
  requests: number
}

/**
 * Drives bots in turns (A B C, B C A …), so that whatever else the machine does meets all of them alike.
 * @returns the runs of each bot, in the order of rounds
 * @throws where a bot refused, or sent fewer answers than it accepted requests
 */
export async function comparePaired(contestants: readonly Contestant[], load: Load): Promise<Run[][]> {
  for (const contestant of contestants) await run(contestant, { ...load, seconds: Math.min(3, load.seconds) })
  const runs: Run[][] = contestants.map(() => [])
  for (let round = 0; round < load.rounds; round++)
    for (let turn = 0; turn < contestants.length; turn++) {
      const which = (round + turn) % contestants.length
      runs[which]!.push(await run(contestants[which]!, load))
    }
  return runs
}

async function run(contestant: Contestant, { connector, ...load }: Load): Promise<Run> {
  const { port, pid } = contestant
  connector.take()
  const before = processorTime(pid)
  const driven = await drive({ ...load, port })
  const after = processorTime(pid)
  check(contestant, driven, connector)
  const requests = driven.latencies.length
  return {
    requestsPerSecond: requests / driven.seconds,
    latencies: driven.latencies,
    ...(before !== undefined && after !== undefined && { processorMs: (after - before) / requests }),
  }
}

function check({ name, isAnswer }: Contestant, { statuses, latencies }: Driven, connector: Connector): void {
  const { count, last } = connector.take()
  const accepted = statuses[200] ?? 0
  if (accepted !== latencies.length)
    throw new Error(`${name} answered with these statuses, where all should be 200: ${JSON.stringify(statuses)}`)
  if (count < accepted) throw new Error(`${name} accepted ${accepted} messages and answered ${count}`)
  if (!isAnswer(last)) throw new Error(`${name} sent something else than its answer, which ended: ${last.slice(-1500)}`)
}

/** Sums up the runs of a bot. */
export function summarise(name: string, runs: readonly Run[]): Throughput {
  const rates = runs.map(({ requestsPerSecond }) => requestsPerSecond)
  const latencies = runs.flatMap((one) => one.latencies)
  const processor = runs.flatMap(({ processorMs }) => processorMs ?? [])
  return {
    name,
    requestsPerSecond: median(rates),
    range: [Math.min(...rates), Math.max(...rates)],
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    requests: latencies.length,
    ...(processor.length && { processorMs: median(processor) }),
  }
}

/** Median over the rounds of how much faster one bot was than another in the same round. */
export const pairedRatio = (runs: readonly Run[], other: readonly Run[]): number =>
  median(runs.map(({ requestsPerSecond }, round) => requestsPerSecond / other[round]!.requestsPerSecond))
