import { fieldsOf } from '../../../fields.js'

/** A row of "Apis - List By Tags": an API's name in lower case, and one of its tags; undefined for what is none. */
export function readTagged(raw: unknown): { api: string; tag: string } | undefined {
  const row = fieldsOf(raw)
  const [id, tag] = [row.object('api').text('id', 600), row.object('tag').text('name')]
  const api = /\/apis\/([^/;]+)(;rev=\d+)?$/i.exec(id ?? '')?.[1]
  return api && tag ? { api: api.toLowerCase(), tag } : undefined
}

/**
 * What tags of API Management say as resources' tags do: they are texts without a value, so organisations write `team:atlas`, `team=atlas`
 * or `owner: atlas` in them.
 */
export const tagsAsPairs = (tags: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    tags.flatMap((tag): [string, string][] => {
      const [, name, value] = /^\s*([\w-]+)\s*[:=]\s*(\S.*)$/.exec(tag) ?? []
      return name && value ? [[name, value.trim()]] : []
    }),
  )
