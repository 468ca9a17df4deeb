import { editDistance } from './edit-distance.js'

/** The name that was probably meant, by the fewest slips and without case; undefined where none is near. Of equals the first wins. */
export function nearestName(said: string, names: Iterable<string>): string | undefined {
  const word = said.toLowerCase()
  // A third of a word may be wrong; a short one is another word soon.
  const limit = Math.min(3, Math.floor(word.length / 3))
  let best: { name: string; distance: number } | undefined
  for (const name of names) {
    const distance = editDistance(word, name.toLowerCase(), limit)
    if (distance <= limit && distance < (best?.distance ?? limit + 1)) best = { name, distance }
  }
  return best?.name
}
