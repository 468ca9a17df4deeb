import { placeIn } from '../declared-resource.js'

/** A JSON text as its value, or where it is none. */
export type ParsedJson = { value: unknown } | { mistake: { line?: number; column?: number; message: string } }

/** Longest JSON that is read, in characters: a Terraform state of some thousand resources. */
const longest = 20_000_000

/** Reads JSON with comments, which ARM templates may have. Throws nothing. */
export function parseJson(text: string): ParsedJson {
  if (text.length > longest) return { mistake: { message: `it is longer than ${longest} characters` } }
  let plain = text
  try {
    plain = withoutComments(text.replace(/^\ufeff/, ' '))
    return { value: JSON.parse(plain) as unknown }
  } catch {
    return { mistake: plain.length > longestSearched ? { message } : { ...placeIn(plain, faultIn(plain)), message } }
  }
}

const message = 'it is no JSON'
/** Longest text in which the place of a mistake is looked for. */
const longestSearched = 1_000_000

/**
 * Where a text stops being the beginning of JSON, which Node's parser does not say of every mistake: the longest beginning that only lacks
 * its end, found by halves.
 */
function faultIn(text: string): number {
  let [fine, broken] = [0, text.length + 1]
  while (broken - fine > 1) {
    const middle = (fine + broken) >> 1
    if (isBeginning(text.slice(0, middle))) fine = middle
    else broken = middle
  }
  return fine
}

function isBeginning(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    return /end of JSON|Unterminated|No number after|Exponent part/.test((error as Error).message)
  }
}

/** Comments as spaces, so that every character stands where it stood. */
const withoutComments = (text: string): string =>
  text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g, (found) =>
    found.startsWith('"') ? found : found.replace(/[^\n]/g, ' '),
  )
