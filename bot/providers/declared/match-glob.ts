/**
 * Whether a path is meant by a pattern of a Location's target: `*` and `?` stand for characters of one name, `**` for any folders. It takes
 * time in proportion to pattern times path, whatever the pattern.
 */
export function matchGlob(pattern: string, path: string): boolean {
  const [wanted, names] = [pattern.split('/'), path.split('/')]
  // reached[i]: whether the names so far are matched by the first i parts of the pattern.
  let reached = wanted.map(() => false)
  reached = [true, ...reached]
  skipFolders(reached, wanted)
  for (const name of names) {
    const next = reached.map(() => false)
    wanted.forEach((part, at) => {
      if (reached[at] && (part === '**' || matchName(part, name))) next[part === '**' ? at : at + 1] = true
    })
    skipFolders(next, wanted)
    reached = next
  }
  return reached[wanted.length]!
}

/** `**` may stand for no folder at all. */
function skipFolders(reached: boolean[], wanted: readonly string[]): void {
  wanted.forEach((part, at) => {
    if (part === '**' && reached[at]) reached[at + 1] = true
  })
}

/** A name against a part of the pattern: goes back to the last star only, which is enough. */
function matchName(part: string, name: string): boolean {
  let [at, from, star, mark] = [0, 0, -1, 0]
  while (from < name.length) {
    if (part[at] === '*') [star, mark] = [at++, from]
    else if (at < part.length && (part[at] === '?' || part[at] === name[from])) [at, from] = [at + 1, from + 1]
    else if (star >= 0) [at, from] = [star + 1, ++mark]
    else return false
  }
  while (part[at] === '*') at++
  return at === part.length
}

/** Whether a target is a pattern at all. */
export const isGlob = (target: string): boolean => /[*?]/.test(target)
