/** Stands for a field a template did not find; `clean` keeps it out of data. A private-use character, so nobody writes it. */
export const absent = '\uE000'

const zeroWidth = '\u200B'

/** Control characters, bidirectional overrides (Trojan Source, CVE-2021-42574), lone surrogates, invisible marks, `absent`. */
const unwelcome =
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\uE000]|\p{Cs}/gu

/** Printable ASCII with single spaces between: nothing in it has to be cleaned. Most of what is shown is like that. */
const cleanAlready = /^[!-~]+(?: [!-~]+)*$/

/**
 * Makes outside text fit to show: no control or invisible characters, no direction overrides, single spaces, at most `limit`
 * characters with "…" where it was cut. Lines stay lines only where `lines` is set.
 */
export function clean(text: string, limit: number, lines = false): string {
  if (text.length <= limit && cleanAlready.test(text)) return text
  // Nothing beyond a few times the limit can be seen, so a megabyte costs no more than a kilobyte.
  const visible = text
    .slice(0, limit * 4 + 64)
    .replaceAll('\r\n', '\n')
    .replace(unwelcome, ' ')
  const tidy = lines
    ? visible
        .replace(/[^\S\n]+/g, ' ')
        .replace(/ ?\n\s*/g, '\n')
        .trim()
    : visible.replace(/\s+/g, ' ').trim()
  const letters = Array.from(tidy)
  return letters.length <= limit && text.length <= limit * 4 + 64
    ? tidy
    : `${letters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`
}

/** A letter, then letters, digits and what means nothing to any client. */
const wordsOnly = /^[A-Za-z][A-Za-z0-9 ,.:;'"!?()/-]*$/

/**
 * Escapes clean text for a place that reads markdown, mentions and `{{DATE()}}`, so that it shows as it is. Teams on the desktop
 * reads CommonMark; on a phone it knows only emphasis, links and lists, and takes a backslash back only before `*`, `_` and
 * brackets. So those get a backslash, and everything else is broken by a zero-width space, which no client shows.
 */
export function markdown(text: string): string {
  if (wordsOnly.test(text)) return text
  return text
    .split('\n')
    .map((line) =>
      plain(line)
        .replace(/\\(?=[!-/:-@[-`{-~])/g, `\\${zeroWidth}`)
        .replace(/[*[\]]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
        .replaceAll('`', "'")
        .replace(/~(?=~)/g, `~${zeroWidth}`)
        .replace(/&(?=#?\w+;)/g, `&${zeroWidth}`)
        .replace(/^(?=[-+#>=]|\d+[.)])/, zeroWidth),
    )
    .join('\n\n')
}

/** Breaks what even places without markdown might read: mention and other tags, links, date functions, template expressions. */
export function plain(text: string): string {
  if (!/[<\]{$]/.test(text)) return text
  return text
    .replace(/<(?=[A-Za-z/!])/g, `<${zeroWidth}`)
    .replace(/\](?=\()/g, `]${zeroWidth}`)
    .replace(/\{(?=\{)/g, `{${zeroWidth}`)
    .replace(/\$(?=\{)/g, `$${zeroWidth}`)
}

/** Whether words that end so may mean something together with the first of those that follow. */
const openEnd = /[$<{\]~&\\]$/

/** Two escaped texts one behind the other: what each could not mean alone, such as `$` and `{`, they do not mean together. */
export const beside = (first: string, second: string): string =>
  openEnd.test(first) && second !== '' ? first + zeroWidth + second : first + second

/** A person's name as it may stand inside `<at>…</at>`, where nothing can be escaped: characters that mean something go. */
export const mentionName = (name: string): string => clean(name.replace(/[<>*_[\]`~\\{}$&]/g, ' '), 40) || '?'

/** An address a card may open: https, without credentials, at most 600 characters. Undefined for any other. */
export function safeUrl(url: string): string | undefined {
  if (url.length > 600 || !URL.canParse(url)) return undefined
  const parsed = new URL(url)
  return parsed.protocol === 'https:' && !parsed.username && !parsed.password ? parsed.href : undefined
}
