/**
 * The elements of a JSON array as the texts they came as, white space around them left out, so that numbers and escapes of each stay as
 * their sender wrote them.
 * @param text a JSON array; it is known to be one
 */
export function splitArray(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '"') at = endOfString(text, at)
    else if (sign === '[' || sign === '{') {
      depth += 1
      if (depth === 1) start = at + 1
    } else if (sign === ']' || sign === '}') depth -= 1
    if ((sign === ',' && depth === 1) || (depth === 0 && sign === ']')) {
      parts.push(text.slice(start, at).trim())
      start = at + 1
    }
  }
  return parts.length === 1 && parts[0] === '' ? [] : parts
}

/** Where the string that begins at `start` ends. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}
