import { z } from 'zod/v4'

/** What somebody searches for from the box in which they write a message. */
export interface AskedSearch {
  /** Id of the manifest's command. */
  command: string
  /** Empty when the search is opened, before a word is typed. */
  words: string
  skip: number
  count: number
}

const Search = z.looseObject({
  commandId: z.string().min(1).max(200),
  parameters: z
    .array(z.looseObject({ name: z.string().max(200), value: z.string().max(100_000) }))
    .max(20)
    .nullish(),
  queryOptions: z
    .looseObject({
      skip: z.number().int().min(0).max(1_000_000).nullish(),
      count: z.number().int().min(1).max(1_000).nullish(),
    })
    .nullish(),
})

/** As many as Teams asks for, where an invoke does not say it. */
const usualCount = 25

/**
 * Reads the value of `composeExtension/query` (Microsoft, "Respond to search command"): the parameter `initialRun` stands for a search without
 * words.
 * @returns undefined where it is none
 */
export function readSearch(value: unknown): AskedSearch | undefined {
  const read = Search.safeParse(value)
  if (!read.success) return undefined
  const { commandId, parameters, queryOptions } = read.data
  const typed = (parameters ?? []).find(({ name }) => name !== 'initialRun')
  return {
    command: commandId,
    words: typed?.value ?? '',
    skip: queryOptions?.skip ?? 0,
    count: queryOptions?.count ?? usualCount,
  }
}

const Link = z.looseObject({ url: z.string().min(1).max(100_000) })

/** Reads the link of `composeExtension/queryLink`; undefined where there is none. */
export const readLinkAsked = (value: unknown): string | undefined => Link.safeParse(value).data?.url
