/** Headers of an answer, of `fetch` or of a client library. */
export interface AnswerHeaders {
  get(name: string): string | null | undefined
}

/**
 * How long an answer asks to be waited, in milliseconds: `Retry-After`, else what the vendor has in its place, both in seconds.
 * @param names of the vendor's own headers, the likeliest first
 * @returns undefined where no header says it, or in another form
 */
export function retryAfterIn(headers: AnswerHeaders | undefined, ...names: string[]): number | undefined {
  for (const name of ['retry-after', ...names]) {
    const said = headers?.get(name)?.trim()
    if (said && /^\d{1,7}(\.\d+)?$/.test(said)) return Math.ceil(Number(said) * 1_000)
  }
  return undefined
}
