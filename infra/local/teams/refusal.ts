/** A wish of a person that Teams turns down, with a sentence that says what was wrong and what to do. */
export class Refusal extends Error {
  constructor(
    /** 400: the wish itself is wrong; 404: it names something that is not there; 409: it does not fit how things stand. */
    readonly status: 400 | 403 | 404 | 409 | 413,
    sentence: string,
  ) {
    super(sentence)
  }
}
