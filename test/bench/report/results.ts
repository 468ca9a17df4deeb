import type { Throughput } from '../measure/throughput.js'
import type { CatalogResults } from './catalog-results.js'
import type { LanguageResults } from './language-results.js'

/** Figures of the hub's turn beside the echoes. */
export interface TurnResults {
  bots: Throughput[]
  /** The hub's rate by an echo's, median of the rounds. */
  ratios: { teamsAi: number; cloudAdapter: number }
}

/** Figures of taking deliveries in durably. */
export interface IntakeResults {
  lines: {
    name: string
    /** Deliveries a second that were durable when they were acknowledged: the store's and the floor's, medians of the rounds. */
    perSecond: number
    floorPerSecond: number
    /** The store's by the floor's, median of the rounds. */
    ratio: number
    /** Milliseconds from a write to its acknowledgement. */
    p50: number
    p99: number
    /** Not the hub's: what it is to be seen beside. */
    reference?: true
  }[]
}

/** Milliseconds of what was done one after another. */
export interface Durations {
  rounds: number
  p50: number
  p95: number
  p99: number
}

/** Figures of how soon something follows. */
export interface ReactionResults {
  /** From a webhook to the first post of its incident. */
  post: Durations
  /** From an approver's click to the request that changes something. */
  change: Durations
  /** The same ways with a program between that only passes on. */
  reference: Durations
}

/** Figures of starting; times in milliseconds, memory in megabytes. */
export interface StartResults {
  /** Nothing is built and nothing stored: a bare clone after `npm ci`. */
  firstStart: number
  /** Built before, nothing stored. */
  emptyStore: number
  /** Built before, with the store of an earlier start. */
  filledStore: number
  /** The hub alone, with a filled store: its process to `/readyz`. */
  hub: number
  /** Processor time of that, over all threads: what is left of it on a machine that does nothing else. */
  hubProcessor?: number
  memory?: { hub: number; tenant: number }
}

/** Figures of reading many Azure resources. */
export interface AzureResults {
  resources: number
  /** Megabytes of the reader before it began. */
  atRest: number
  /** One after another; `megabytes` is the most that the reader held. */
  readings: { what: string; seconds: number; claims: number; megabytes: number }[]
}

/** Everything one bench measured, and under which conditions. */
export interface Results {
  conditions: {
    node: string
    processors: number
    /** Load average of the last minute when the bench began. */
    load: number
    connections: number
    seconds: number
    rounds: number
  }
  turns?: TurnResults
  intake?: IntakeResults
  reactions?: ReactionResults
  start?: StartResults
  catalog?: CatalogResults
  language?: LanguageResults
  azure?: AzureResults
}
