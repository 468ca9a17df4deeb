/** A structured log: one JSON line an event. */
export interface Log {
  info(event: string, fields?: Record<string, unknown>): void
  warn(event: string, fields?: Record<string, unknown>): void
  error(event: string, fields?: Record<string, unknown>): void
}

/** Field names whose values never reach a log, whoever logs them. */
const secretField = /token|secret|password|authorization|private.?key|cookie|signature|assertion/i
/** Bearer tokens, JWTs and keys in text, such as in a vendor's error message. */
const secretText =
  /\b(Bearer|Basic|Token)\s+\S+|\beyJ[\w-]+\.[\w-]+\.[\w-]*|-----BEGIN [^-]+-----[^]*?-----END [^-]+-----|\bgh[pousr]_\w+|([?&](?:code|sig|key|token)=)[^&\s]+/gi

/**
 * Writes events as JSON lines.
 * @param write where lines go, such as `process.stdout`
 * @param now when it is, ISO
 */
export function createLog(write: (line: string) => void, now: () => string): Log {
  const at =
    (level: string) =>
    (event: string, fields: Record<string, unknown> = {}) =>
      write(`${JSON.stringify({ at: now(), level, event, ...(clean(fields, 0) as object) })}\n`)
  return { info: at('info'), warn: at('warn'), error: at('error') }
}

const deepest = 5
const longest = 2000

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string')
    return value
      .replace(secretText, (_, scheme?: string, query?: string) => `${query ?? (scheme ? `${scheme} ` : '')}[secret]`)
      .slice(0, longest)
  if (value instanceof Error)
    return clean(
      {
        name: value.name,
        message: value.message,
        stack: value.stack,
        ...(value.cause !== undefined && { cause: value.cause }),
      },
      depth + 1,
    )
  if (typeof value !== 'object' || value === null)
    return typeof value === 'bigint' || typeof value === 'function' ? String(value) : value
  if (depth >= deepest) return '[deep]'
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => clean(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, secretField.test(name) ? '[secret]' : clean(field, depth + 1)]),
  )
}
