import type { Instant } from '../../skills/kit/model.js'

/** When and where words are read. */
interface Place {
  now: Instant
  zone: string
}

/** What was read at one moment, by its words. */
interface Kept<Read> extends Place {
  known: Map<string, Read>
}

/** Moments that are kept: that of what is said now, and the one at which it is only asked whether words are a time. */
const mostMoments = 3
/** Words that are kept of a moment; a text has fewer. */
const mostWords = 2_000

/**
 * A reader of words of time that keeps what it read for as long as it is asked at the same moment: the words of one text are read for the places of
 * many commands.
 * @param read gives the same for the same words, moment and zone
 */
export function readOnce<Read>(read: (words: string, spoken: Place) => Read): (words: string, spoken: Place) => Read {
  let kept: Kept<Read>[] = []
  const at = ({ now, zone }: Place): Kept<Read> => {
    const before = kept.find((one) => one.now === now && one.zone === zone)
    if (before) return before
    const fresh = { now, zone, known: new Map<string, Read>() }
    kept = [fresh, ...kept.slice(0, mostMoments - 1)]
    return fresh
  }
  return (words, spoken) => {
    const { known } = at(spoken)
    const before = known.get(words)
    if (before !== undefined || known.has(words)) return before as Read
    const found = read(words, spoken)
    if (known.size >= mostWords) known.clear()
    known.set(words, found)
    return found
  }
}
