/**
 * The name most like a word, for "did you mean": at most a third of its letters may be wrong, missing, added or swapped.
 * @returns undefined where none is near.
 */
export function nearestName(word: string, names: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.max(1, Math.floor(word.length / 3)) + 1
  for (const name of names) {
    const distance = editDistance(word.toLowerCase(), name.toLowerCase())
    if (distance < least) [best, least] = [name, distance]
  }
  return best
}

/** The end of a sentence: `; did you mean …?` or, where nothing is near, what there is. */
export function didYouMean(word: string, names: readonly string[]): string {
  const near = nearestName(word, names)
  if (near) return `; did you mean "${near}"?`
  if (names.length === 0) return ''
  const shown = names.slice(0, 12).join(', ')
  return `; there ${names.length === 1 ? 'is' : 'are'} ${shown}${names.length > 12 ? ` and ${names.length - 12} more` : ''}.`
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours. */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      row[j] = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, rows[i - 2]![j - 2]! + 1)
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
