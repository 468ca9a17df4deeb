/** The five ways an answer can fail; each has one card line, and no vendor's message or stack reaches people. */
export type FaultCode = 'NotFound' | 'NotAllowed' | 'BadInput' | 'Conflict' | 'Unavailable'

/**
 * A failure that may be said to a person.
 * `message` is a plain sentence saying what was wrong; `wayOn` what to do about it.
 */
export class Fault extends Error {
  constructor(
    readonly code: FaultCode,
    message: string,
    readonly wayOn?: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = code
  }
}

/** There is no such thing, or none this person may see. */
export const notFound = (message: string, wayOn?: string) => new Fault('NotFound', message, wayOn)
/** A permission is missing; say which, and who can grant it. */
export const notAllowed = (message: string, wayOn?: string) => new Fault('NotAllowed', message, wayOn)
/** What came in cannot be understood or is out of bounds. */
export const badInput = (message: string, wayOn?: string) => new Fault('BadInput', message, wayOn)
/** Somebody or something was faster, or the state does not allow it. */
export const conflict = (message: string, wayOn?: string, options?: ErrorOptions) =>
  new Fault('Conflict', message, wayOn, options)
/** A vendor or the store does not answer; say since when, and how old what is known is. */
export const unavailable = (message: string, wayOn?: string, cause?: unknown) =>
  new Fault('Unavailable', message, wayOn, { cause })
