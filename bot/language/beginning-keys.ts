/** Letters by which keys are looked up; a shorter beginning is one of too many. */
const looked = 3
/** More keys than these are not told of. */
const most = 50

/** Keys by what their words begin with. */
export class BeginningKeys {
  readonly #byStart = new Map<string, string[]>()

  /** Takes in a key that is not there yet. */
  add(key: string): void {
    for (const start of startsOf(key)) {
      const keys = this.#byStart.get(start)
      if (keys) keys.push(key)
      else this.#byStart.set(start, [key])
    }
  }

  delete(key: string): void {
    for (const start of startsOf(key)) {
      const keys = this.#byStart.get(start) ?? []
      const place = keys.indexOf(key)
      if (place < 0) continue
      const last = keys.pop()!
      if (place < keys.length) keys[place] = last
    }
  }

  /** The shortest keys of which a word, with what follows it, begins so. */
  with(beginning: string): string[] {
    if (beginning.length < looked) return []
    let found: string[] = []
    for (const key of this.#byStart.get(beginning.slice(0, looked)) ?? []) {
      if (key.startsWith(beginning) || key.includes(` ${beginning}`)) found.push(key)
      // Of a great many only the shortest are kept, without all of them being sorted.
      if (found.length > 20 * most) found = shortest(found)
    }
    return found.length > most ? shortest(found) : found
  }
}

const shortest = (keys: string[]): string[] =>
  keys.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, most)

/** How a key and what follows each of its spaces begins. */
function startsOf(key: string): Set<string> {
  const starts = new Set<string>()
  for (let place = 0; place >= 0; place = key.indexOf(' ', place) + 1 || -1)
    starts.add(key.slice(place, place + looked))
  return starts
}
