/** Characters of a text that are looked at, and those that are kept. */
const [looked, kept] = [20_000, 600]

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/**
 * The words of a field that Azure Boards keeps as HTML, on one line: tags are taken out with what scripts and styles say, entities read.
 * The answer is text from outside like any other, and may hold anything.
 */
export function plainText(html: unknown): string | undefined {
  if (typeof html !== 'string') return undefined
  const words = html
    .slice(0, looked)
    .replace(/<(script|style)\b[^>]*>.*?<\/\1\s*>/gis, ' ')
    .replace(/<!--.*?-->/gs, ' ')
    // A tag begins with a letter or a slash: `a < b` is text.
    .replace(/<\/?[a-z][^>]*(>|$)/gi, (tag) => (/^<\/?(b|i|u|em|strong|span|a|code|font)\b/i.test(tag) ? '' : ' '))
    .replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi, (entity, name: string) => decoded(name) ?? entity)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  if (words === '') return undefined
  return words.length > kept ? `${words.slice(0, kept - 1).replace(/\p{Surrogate}$/u, '')}…` : words
}

function decoded(name: string): string | undefined {
  if (!name.startsWith('#')) return entities[name.toLowerCase()]
  const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : undefined
}
