/** How many answers are kept: those of a few hundred conversations at once. */
const most = 5_000
/** Answers of more parts than these are seldom asked for and would fill the memory. */
const largest = 100

/** Answers by what was asked, as long as nothing has moved. They are shared: whoever gets one changes nothing in it. */
export class LastRead<Answer> {
  readonly #answers = new Map<string, Answer>()
  #version = -1

  /**
   * @param version of what is asked; with another one everything is forgotten
   * @param look finds the answer where it is not known
   */
  of(version: number, key: string, look: () => Answer): Answer {
    if (version !== this.#version || this.#answers.size >= most) this.#answers.clear()
    this.#version = version
    if (this.#answers.has(key)) return this.#answers.get(key)!
    const answer = look()
    if (!Array.isArray(answer) || answer.length <= largest) this.#answers.set(key, answer)
    return answer
  }
}
