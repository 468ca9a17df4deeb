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
  } catch (error) {
    const said = (error as Error).message
    const position = /position (\d+)/.exec(said)?.[1]
    const message = 'it is no JSON'
    if (position !== undefined) return { mistake: { ...placeIn(plain, Number(position)), message } }
    return /end of JSON/.test(said)
      ? { mistake: { ...placeIn(plain, plain.length), message: 'it ends too early' } }
      : { mistake: { message } }
  }
}

/** Comments as spaces, so that every character stands where it stood. */
const withoutComments = (text: string): string =>
  text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g, (found) =>
    found.startsWith('"') ? found : found.replace(/[^\n]/g, ' '),
  )
