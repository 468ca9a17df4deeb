/** Work that is done a little at a time: between two steps others have their turn. */
export type Steps<Result> = Generator<undefined, Result, undefined>

/** Does all of some work at once. */
export const finish = <Result>(steps: Steps<Result>): Result => new Gradual(steps).get()

/** What is worked out once: ahead of time in steps, or all that is left of it at once by who needs it first. */
export class Gradual<Result> {
  /** Gone when it is done, with all that it was worked out from. */
  #work: Steps<Result> | undefined
  #done: { result: Result } | undefined

  constructor(work: Steps<Result>) {
    this.#work = work
  }

  /** What it comes to; what is still to be done is done now. */
  get(): Result {
    while (!this.#done) this.#step()
    return this.#done.result
  }

  /** The steps that nobody has done yet; whoever takes them may stop anywhere. */
  *steps(): Steps<Result> {
    for (;;) {
      if (this.#done) return this.#done.result
      this.#step()
      yield
    }
  }

  #step(): void {
    const next = this.#work!.next()
    if (!next.done) return
    this.#done = { result: next.value }
    this.#work = undefined
  }
}
