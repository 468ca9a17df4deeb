import { conflict, notFound } from '../../../skills/kit/errors.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { ProposalState } from '../../../skills/kit/proposal.js'
import type { RecordWrite } from '../../../skills/kit/records.js'
import type { Doing } from './audit-lines.js'
import { isOver } from './change.js'
import type { ChangeData, PostedMessage } from './change-data.js'
import { consequences, post } from './consequences.js'

/** A change as it was read. */
export interface KeptChange {
  data: ChangeData
  etag: string
}

/** Where changes are kept; each has a partition of its own. */
export interface ChangeRecords {
  /** An id that was never given: `PR-1`, `PR-2` …; one that is not used leaves a gap. */
  nextId(): Promise<string>
  get(id: string): Promise<KeptChange | undefined>
  /** The newest first. */
  list(filter: { state?: ProposalState; by?: string; limit: number }): Promise<ChangeData[]>
  /**
   * Writes a change and what follows from it in one commit.
   * @param etag as it was read; undefined wants it new
   * @returns false where somebody else was faster: nothing is written then
   */
  commit(data: ChangeData, etag: string | undefined, follows: readonly RecordWrite[]): Promise<boolean>
}

/** Moves changes from state to state, each move and what follows from it in one commit. */
export interface ChangeBook {
  records: ChangeRecords
  get(id: string): Promise<ChangeData | undefined>
  /** Puts a new change into the book. @param first what goes before what follows from it, such as the name of a thread */
  open(data: Omit<ChangeData, 'revision'>, first: readonly RecordWrite[]): Promise<void>
  /**
   * Shows a change in one more message, which follows it like the others from then on.
   * @param first what goes before the message, such as the name of its thread
   * @returns false where it has come to its end, so that nothing is left to follow
   */
  show(id: string, message: PostedMessage, first: readonly RecordWrite[]): Promise<boolean>
  /**
   * Moves a change; where somebody was faster it is read and decided anew.
   * @param decide gives the change as it is to be; the same one for nothing to write
   * @throws Fault NotFound where there is no such change; whatever `decide` throws
   */
  move(id: string, decide: (data: ChangeData) => ChangeData, doing?: Doing): Promise<ChangeData>
}

/** Most messages that follow a change; further ones are drawn once, as it is then. */
const mostMessages = 30

/** Times a move is tried before it gives way; each time somebody else has moved the change. */
const patience = 20

export function createChangeBook(records: ChangeRecords, clock: { now(): Instant }): ChangeBook {
  const commit = (
    before: KeptChange | undefined,
    after: ChangeData,
    first: readonly RecordWrite[],
    doing?: Doing,
  ): Promise<boolean> => {
    const follows = consequences(before?.data.change, after, { at: clock.now(), ...(doing && { doing }) })
    return records.commit(after, before?.etag, [...first, ...follows])
  }
  return {
    records,
    get: async (id) => (await records.get(id))?.data,
    async open(data, first) {
      const { id, by, turn } = data.change.proposal
      if (!(await commit(undefined, { ...data, revision: 1 }, first, { by, ...(turn !== undefined && { turn }) })))
        throw conflict(`${id} was proposed before.`, 'Ask for it again.')
    },
    async show(id, message, first) {
      for (let tries = 0; tries < patience; tries++) {
        const kept = await records.get(id)
        if (!kept || isOver(kept.data.change) || kept.data.messages.length >= mostMessages) return false
        const revision = kept.data.revision + 1
        const after = { ...kept.data, revision, messages: [...kept.data.messages, message] }
        if (await records.commit(after, kept.etag, [...first, post(after, message)])) return true
      }
      return false
    },
    async move(id, decide, doing) {
      for (let tries = 0; tries < patience; tries++) {
        const kept = await records.get(id)
        if (!kept) throw notFound(`There is no proposal ${id.slice(0, 40)}.`, 'Say “approvals” to see those that wait.')
        const decided = decide(kept.data)
        if (decided === kept.data) return kept.data
        const after = { ...decided, revision: kept.data.revision + 1 }
        if (await commit(kept, after, [], doing)) return after
      }
      throw conflict('Too many people do something with it at once.', 'Look again, and then decide.')
    },
  }
}
