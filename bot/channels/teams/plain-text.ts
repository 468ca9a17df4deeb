import type { Mention } from './parse-activity.js'

/** A message's words without markup: what is left to understand, and whom else it mentions. */
export interface PlainText {
  text: string
  mentions: Mention[]
}

/**
 * Takes the markup off a Teams message. Only Nexus's own mention goes, by its account id and wherever it stands; others stay as their
 * names, because they are arguments ("page @Dana").
 */
export function plainText(text: string, mentions: readonly Mention[], botId: string): PlainText {
  const others = mentions.filter(({ accountId }) => accountId !== botId)
  const named = new Map(mentions.map((mention) => [mention.text, mention]))
  // One pass: what a name brings in is not looked at again, so no mention can multiply another.
  const plain = text.replace(/<at\b[^<>]{0,500}>[^<>]{0,500}<\/at>/gi, (said) => {
    const mention = named.get(said)
    return mention ? (mention.accountId === botId ? ' ' : ` ${mention.name} `) : said
  })
  return {
    text: unescape(plain.replace(/<\/?[a-z][^<>]{0,500}>/gi, ' '))
      .replace(/[\s\u00a0]+/g, ' ')
      .trim(),
    mentions: others,
  }
}

const references: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** Decodes the character references that Teams writes in message text, each once. */
const unescape = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,5}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name) return references[name.toLowerCase()] ?? whole
      const code = decimal ? Number(decimal) : parseInt(hex!, 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
