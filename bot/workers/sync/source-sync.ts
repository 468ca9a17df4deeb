import { Fault } from '../../../skills/kit/errors.js'
import { StoreError } from '../../store/errors.js'
import type { Fence } from '../../store/lease.js'
import type { Wishes } from '../../store/records/sync-records.js'
import type { StepName, SweepState, SyncState } from '../../store/records/sync-state.js'
import {
  afterFailedStep,
  afterNews,
  afterPage,
  afterDelta,
  afterSweep,
  answered,
  beginSweep,
  type Taken,
} from './advance-state.js'
import { afterFailure } from './after-failure.js'
import type { Said } from './compare-claims.js'
import { nextStep, type Decision } from './next-step.js'
import { askOnce, readPages, type PageReader } from './page-reader.js'
import { shownState } from './shown-state.js'
import type { SourceSyncParts, StepReport, StepTurn } from './source-sync-parts.js'
import { closeUnnamed, takeSaid } from './take-said.js'
import { Told } from './told.js'

/** What the holder of a source's lease knows of it, as it is kept. */
interface Holding {
  fence: number | undefined
  state: SyncState
  told: Told
  /** What was told by a hub before this one is not read yet. */
  isToldRead: boolean
}

/** Most entities that are reread at once; fewer where their rereading failed. */
const rereadBatch = 100
/** How often one entity is reread in vain, for another reason than that its vendor does not answer. */
const mostRereads = 5

/** The sync of one source, step by step; between two steps all that matters is in the store. */
export class SourceSync {
  readonly #parts: SourceSyncParts
  #holding: Holding | undefined
  #reader: PageReader | undefined
  #rereadFailures = 0

  constructor(parts: SourceSyncParts) {
    this.#parts = parts
  }

  /** What is to be done now. */
  async decide(fence: Fence | undefined): Promise<Decision> {
    const { source, records, clock, pace } = this.#parts
    const { state } = await this.#hold(fence)
    const [wishes, wanted] = await Promise.all([records.wishes(), source.reread ? records.wanted(1) : []])
    const situation = { state, wishes, wantedSince: wanted[0]?.since, hasDelta: source.delta !== undefined, pace }
    return nextStep(situation, Date.parse(clock.now()))
  }

  /**
   * Does a step. What the vendor does wrong is kept as how the source stands.
   * @throws StoreError where the store refuses: nothing in memory is relied on afterwards
   */
  async run(step: StepName, turn: StepTurn): Promise<void> {
    const wishes = await this.#parts.records.wishes()
    try {
      if (step === 'page') await this.#page(turn, wishes)
      else if (step === 'close') await this.#close(turn)
      else if (step === 'delta') await this.#delta(turn, wishes)
      else await this.#reread(turn)
    } catch (error) {
      this.#closeReader()
      if (turn.signal.aborted || error instanceof StoreError) {
        this.#holding = undefined
        if (turn.signal.aborted) return
        throw error
      }
      await this.#fail(step, error, turn, wishes)
    }
  }

  /** Lets go of what is being read. */
  stop(): void {
    this.#closeReader()
    this.#holding = undefined
  }

  async #hold(fence: Fence | undefined): Promise<Holding> {
    if (this.#holding && this.#holding.fence === fence?.fence) return this.#holding
    this.#closeReader()
    const state = await this.#parts.records.load(fence)
    return (this.#holding = { fence: fence?.fence, state, told: new Told(), isToldRead: false })
  }

  /** Keeps a state; from then on it is what holds. */
  async #keep(state: SyncState, { fence }: StepTurn, digests?: readonly string[]): Promise<void> {
    const { source, records } = this.#parts
    await records.keep(state, shownState(source, state), fence, digests)
    this.#holding!.state = state
  }

  #begin(state: SyncState, wishes: Wishes): SweepState {
    Object.assign(this.#holding!, { told: new Told(), isToldRead: true })
    return beginSweep(state, wishes, this.#parts.clock.now())
  }

  /** What was told since the sweep began, by whichever hub. */
  async #toldIn(sweep: SweepState): Promise<Told> {
    const holding = this.#holding!
    if (!holding.isToldRead) {
      if (sweep.batches) for await (const digests of this.#parts.records.told(sweep)) holding.told.add(digests)
      holding.isToldRead = true
    }
    return holding.told
  }

  async #page(turn: StepTurn, wishes: Wishes): Promise<void> {
    const { source, patience, reached } = this.#parts
    const { state } = await this.#hold(turn.fence)
    const sweep = state.sweep ?? this.#begin(state, wishes)
    const told = await this.#toldIn(sweep)
    if (!this.#reader) {
      told.beginReading()
      this.#reader = readPages(source, sweep.cursor, turn.signal, patience)
    }
    const page = await this.#reader.next()
    await reached?.('sync.page-read', source.name)
    if (!page) {
      this.#closeReader()
      await this.#keep({ ...answered(state), sweeps: sweep.number, sweep: { ...sweep, ended: true } }, turn)
      await reached?.('sync.ended', source.name)
      return
    }
    const { taken, digests } = await takeSaid(page, this.#writing(turn), (ref) => told.isInOneGo(ref))
    await reached?.('sync.written', source.name)
    await this.#keep(afterPage(state, sweep, page, taken), turn, digests)
    told.addPage(digests)
    await reached?.('sync.page-kept', source.name)
    this.#report('page', taken)
  }

  /** Closes what no page named, and ends the sweep. */
  async #close(turn: StepTurn): Promise<void> {
    const { source, records, catalog, clock, reached } = this.#parts
    const { state } = await this.#hold(turn.fence)
    const sweep = state.sweep!
    const told = await this.#toldIn(sweep)
    const closed = await closeUnnamed(sweep, told, this.#writing(turn))
    await reached?.('sync.closed', source.name)
    const next = afterSweep(state, sweep, closed, clock.now())
    await this.#keep(next, turn)
    this.#holding!.told = new Told()
    await reached?.('sync.swept', source.name)
    await records.forgetTold(turn.fence)
    await catalog.catchUp()
    this.#report('close', next.swept!)
  }

  async #delta(turn: StepTurn, wishes: Wishes): Promise<void> {
    const { source, clock, patience, reached } = this.#parts
    const { state } = await this.#hold(turn.fence)
    const at = clock.now()
    const delta = await askOnce(turn.signal, patience, (signal) => source.delta!(state.watermark!, signal))
    await reached?.('sync.delta-read', source.name)
    if (!delta) return this.#keep(afterDelta(state, undefined, wishes, at), turn)
    await this.#takeNews('delta', delta, turn, (next) => afterDelta(next, delta, wishes, at))
  }

  async #reread(turn: StepTurn): Promise<void> {
    const { source, records, clock, patience, reached } = this.#parts
    await this.#hold(turn.fence)
    // Where one of them makes the rereading fail, smaller and smaller batches find out which.
    const pending = await records.wanted(Math.max(1, rereadBatch >> (2 * this.#rereadFailures)))
    if (!pending.length) return
    const at = clock.now()
    try {
      const refs = pending.map(({ ref }) => ref)
      const said = await askOnce(turn.signal, patience, (signal) => source.reread!(refs, signal))
      await reached?.('sync.reread-read', source.name)
      await this.#takeNews('reread', said, turn, (next) => ({ ...next, rereadAt: at }))
    } catch (error) {
      if (error instanceof StoreError || error instanceof Fault || turn.signal.aborted) throw error
      if (++this.#rereadFailures < mostRereads || pending.length > 1) throw error
      const skipped = [{ reason: 'it could not be read anew', count: 1, example: pending[0]!.ref.id }]
      await this.#keep(afterNews(this.#holding!.state, { read: 0, written: 0, dropped: 0, skipped }), turn)
    }
    this.#rereadFailures = 0
    await reached?.('sync.reread-kept', source.name)
    await records.unwant(pending, turn.fence)
  }

  /** Takes in what is new, and keeps the state that follows from it. */
  async #takeNews(step: StepName, said: Said, turn: StepTurn, next: (state: SyncState) => SyncState): Promise<void> {
    const { state } = this.#holding!
    if (state.sweep) await this.#toldIn(state.sweep)
    const { taken, digests } = await takeSaid(said, this.#writing(turn))
    await this.#parts.reached?.('sync.written', this.#parts.source.name)
    await this.#keep(next(afterNews(state, taken)), turn, state.sweep ? digests : [])
    if (state.sweep) this.#holding!.told.add(digests)
    if (taken.read + taken.dropped) await this.#parts.catalog.catchUp()
    this.#report(step, taken)
  }

  #writing({ fence, signal }: StepTurn) {
    const { source, catalog, kinds, clock, reached } = this.#parts
    return { source: source.name, catalog, kinds, clock, fence, signal, reached }
  }

  async #fail(step: StepName, error: unknown, turn: StepTurn, wishes: Wishes): Promise<void> {
    const { source, clock } = this.#parts
    const { state } = this.#holding!
    const now = clock.now()
    const down = afterFailure(state.down, { error, title: source.title, during: step, serves: wishes.sweep, now })
    await this.#keep(afterFailedStep(state, step, down), turn)
    const cause = error instanceof Fault ? error.cause : error
    this.#report(step, { read: 0, written: 0, dropped: 0 }, { down: down.reason, cause })
  }

  #report(
    step: StepName,
    { read, written, dropped }: Pick<Taken, 'read' | 'written' | 'dropped'>,
    trouble?: Pick<StepReport, 'down' | 'cause'>,
  ): void {
    this.#parts.report({ source: this.#parts.source.name, step, read, written, dropped, ...trouble })
  }

  #closeReader(): void {
    this.#reader?.close()
    this.#reader = undefined
  }
}
