/**
 * A text that every store can hold: a NUL ends texts in SQLite's interface, and half a surrogate pair is no text in UTF-8. Both become
 * U+FFFD, the sign for what cannot be shown.
 */
export const readableText = (text: string): string =>
  /\0|\p{Surrogate}/u.test(text) ? text.replace(/\0|\p{Surrogate}/gu, '\ufffd') : text
