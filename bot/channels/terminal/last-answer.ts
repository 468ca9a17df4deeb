import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod/v4'
import { WrongArguments } from './read-arguments.js'

/** What the terminal remembers of the answer it printed last, so that a button can be pressed by the number it stands there with. */
export interface LastAnswer {
  /** @param ids of what has a number, in their order; null where one only opens an address */
  keep(person: string, ids: readonly (string | null)[]): void
  /**
   * The id of a button.
   * @param said its number in the last answer of the same person, or the id itself
   * @throws WrongArguments where that answer had no such number
   */
  idOf(person: string, said: string): string
}

const Kept = z.object({ person: z.string(), ids: z.array(z.string().nullable()) })

/** Remembers in a file; one that cannot be read or written is as none: the answer was printed all the same. */
export function lastAnswerIn(file: string): LastAnswer {
  const kept = () => {
    try {
      return Kept.parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch {
      return undefined
    }
  }
  return {
    keep(person, ids) {
      try {
        writeFileSync(file, JSON.stringify({ person, ids }), { mode: 0o600 })
      } catch {
        // A folder that may only be read is no reason to fail.
      }
    },
    idOf(person, said) {
      if (!/^\d{1,3}$/.test(said)) return said
      const last = kept()
      const ids = last?.person === person ? last.ids : []
      const id = ids[Number(said) - 1]
      if (id) return id
      const numbers = ids.flatMap((one, index) => (one ? [index + 1] : []))
      throw new WrongArguments(
        id === null
          ? `[${said}] opens an address; open it in a browser.`
          : numbers.length
            ? `The last answer to ${person} has no [${said}] to press; it has ${numbers.join(', ')}.`
            : `There is no answer to ${person} whose buttons could be pressed by number. Ask first.`,
      )
    },
  }
}
