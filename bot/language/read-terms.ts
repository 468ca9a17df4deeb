/** Most characters of words that are looked at; longer ones are no terms. */
const longest = 300

/** Words at the end that ask, thank or say where, and are no part of what is meant. */
const trailing =
  /(?:^|[\s,;]+)(?:please|pls|plz|thanks|thank you|thx|cheers|for (?:me|us)|could you|can you|would you|(?:and )?search|everywhere|anywhere|somewhere|right now|again|asap|quick|quickly)$/i

/** What is searched in, and how much of it: it leads to the words that are searched for. */
const leading = [
  /^(?:(?:to|for) )?(?:me|us) (?=\S)/i,
  /^(?:(?:all|any|the|our|some) )?(?:everything|anything|something|whatever|docs|documents|documentation|notes|pages|articles|wiki)(?: (?:that|which|we|is|are|there|have|has|written|related|relating|relates|says?|mentions?|mentioning|deals?|dealing|talks?|talking))* (?:about|on|for|with|to|of|regarding|concerning) (?=\S)/i,
  /^(?:everything|anything|something|whatever)(?: (?:that|which))? (?:mentions?|mentioning|contains?|containing) (?=\S)/i,
  /^(?:the|an?|our|my|any|some) (?=\S)/i,
]

/** A clause behind a comma that tells more, and is nothing to look for: "…, the bank is on hold". */
const telling =
  /,\s+(?:i|we|you|he|she|they|it|its|it's|i'm|i've|the|my|our|this|that|there|so|because|and|but|can|could|would|please|pls|quick|asap|thanks|help)\b.*$/is

/**
 * The terms that words hold: what is looked for, or what something is about, without what asks for it. What stands in quotes is meant to the
 * letter; a second sentence tells more, and is no part of it.
 * @returns the words themselves where nothing else would be left
 */
export function readTerms(words: string): string {
  const said = words.trim()
  if (said.length > longest) return said
  const quoted = [...said.matchAll(/["“”„«]([^"“”„«»]{2,})["“”»]/g)]
  if (quoted.length === 1) return quoted[0]![1]!.trim()
  const [sentence = ''] = said.split(/[?!…\n]+(?=\s|$)|\.+(?=\s|$)|\n/).filter((part) => part.trim())
  return stripped(sentence.replace(telling, '').trim()) || said
}

/**
 * A name or value that words give, without the courtesy and the stop behind it: "billing-api, please?" names billing-api.
 * @returns the words themselves where nothing else would be left
 */
export function readGivenName(words: string): string {
  const said = /^["“”„«](.+)["“”»][?!.]*$/.exec(words.trim())?.[1] ?? words.trim()
  return withoutEnd(said) || words
}

function stripped(words: string): string {
  const lead = leading.find((one) => one.test(words))
  return lead ? stripped(words.replace(lead, '')) : withoutEnd(words)
}

function withoutEnd(words: string): string {
  const bare = words.replace(/[\s?!.,;:]+$/, '')
  const short = bare.replace(trailing, '')
  return short === bare ? bare : withoutEnd(short)
}
