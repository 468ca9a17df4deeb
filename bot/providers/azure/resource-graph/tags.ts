import { plainName } from '../../../../skills/kit/entity-ids.js'

/** Most characters of a tag's value that names something: longer ones are text, and no name of a team, service or environment. */
const longestName = 200

/**
 * Tags as they are, however long and whatever is in them: they are text from outside, escaped and cut where they are shown. A value that
 * is no text is left out.
 */
export function tagsOf(raw: unknown): Record<string, string> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return {}
  return Object.fromEntries(Object.entries(raw).filter((tag): tag is [string, string] => typeof tag[1] === 'string'))
}

/** The name that a tag gives, under the first of some names that is set; tag names have no case in Azure. */
export function namedBy(tags: Readonly<Record<string, string>>, ...names: string[]): string | undefined {
  for (const name of names) {
    const found = Object.entries(tags).find(([key, value]) => key.toLowerCase() === name && value.trim() !== '')
    if (found) return isName(found[1]) ? found[1].trim() : undefined
  }
  return undefined
}

const isName = (value: string): boolean => value.length <= longestName && plainName(value) !== ''
