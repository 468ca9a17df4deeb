import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import type { Json } from '../../skills/kit/model.js'
import { nameWords } from './name-words.js'
import type { NamedEntity } from './understanding.js'

/** Words for resources by their type in lower case: "database" and "sql database" of `microsoft.sql/servers/databases`. */
const ofTypes = wordsOfTypes()

function wordsOfTypes(): Map<string, string> {
  const found = new Map<string, string[]>()
  const said = builtInKinds.flatMap(({ says }) => says.filter((one) => typeof one === 'object'))
  for (const { word, where } of said)
    for (const [, type] of where.matchAll(/"([a-z.]+\/[^"]+)"/g)) found.set(type!, [...(found.get(type!) ?? []), word])
  return new Map([...found].map(([type, words]) => [type, joined(words)]))
}

/** Words for each kind: "service", "team", "incident". */
const ofKinds = new Map(
  builtInKinds.map(({ kind, title, says }) => [
    String(kind),
    joined([title, ...says.flatMap((one) => (typeof one === 'string' ? [one] : []))]),
  ]),
)

/** Properties of which people take words to say which thing they mean. */
const telling = ['environment', 'region', 'project', 'host', 'language', 'ecosystem'] as const
/** Everything of a thing's properties that its words come from. */
export const toldProperties = ['type', ...telling, 'tags'] as const

/** Longest value of a tag that is a word for something, in characters; longer ones are ids and texts. */
const longestTag = 30
/** Most tags of a thing that are learnt. */
const mostTags = 12

/**
 * What else people say of a thing to tell it from others: what kind it is, where it runs, and what its tags say. In the form in which names
 * are compared, each word once, between blanks.
 */
export function describedWords({ kind, props = {} }: NamedEntity): string {
  const own = telling.map((property) => text(props[property]))
  const key = [kind, text(props.type), ...own].join('\n')
  const known = worked.get(key)
  if (known !== undefined) return known
  const type = ofTypes.get(text(props.type).toLowerCase()) ?? ''
  const words = new Set([...`${ofKinds.get(kind) ?? ''} ${type}`.split(' '), ...own.flatMap(nameWords)])
  const described = ` ${[...words].filter(Boolean).join(' ')} `
  if (worked.size >= mostWorked) worked.clear()
  worked.set(key, described)
  return described
}

/** One text for all that are described alike, because most are. */
const worked = new Map<string, string>()
const mostWorked = 5_000

/** The words of a thing's tags: the names by which an organisation groups what it has. */
export function tagWords({ props = {} }: NamedEntity): string[] {
  const tags = props.tags
  const values = Array.isArray(tags) ? tags : tags && typeof tags === 'object' ? Object.values(tags) : []
  return values
    .slice(0, mostTags)
    .map(text)
    .filter((value) => value.length > 1 && value.length <= longestTag)
    .flatMap(nameWords)
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

function joined(texts: readonly string[]): string {
  return [...new Set(texts.flatMap(nameWords))].join(' ')
}
