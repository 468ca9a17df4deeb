import type { Column, Row } from './kusto/types.js'

/** The whole answer of a query. */
export interface Answer {
  columns: Column[]
  rows: Row[]
}

/** How many answers are kept. */
const most = 3

/** Keeps the answers that are being paged through, so that each page is not the whole query again. */
export class AnswerCache {
  readonly #answers = new Map<string, { version: number; answer: Answer }>()

  /**
   * @param key the query with its scope
   * @param version of the state: an answer from an earlier one is worked out anew
   * @param isFirst whether the first page is asked for, which is always worked out
   */
  get(key: string, version: number, isFirst: boolean, work: () => Answer): Answer {
    const kept = this.#answers.get(key)
    if (kept?.version === version && !isFirst) return kept.answer
    const answer = work()
    this.#answers.delete(key)
    this.#answers.set(key, { version, answer })
    const [oldest] = this.#answers.keys()
    if (this.#answers.size > most && oldest !== undefined) this.#answers.delete(oldest)
    return answer
  }

  /** Forgets an answer of which the last page was given. */
  drop(key: string): void {
    this.#answers.delete(key)
  }
}
