import { readFileSync } from 'node:fs'
import { keepFile } from '../frame/keep-file.js'

/**
 * The moment that an organisation's relative moments count from: when it was first started on this data folder. Kept, so that
 * later starts tell the same story.
 * @param file where the anchors of all organisations that were started here are kept.
 */
export function openAnchor(file: string, organisation: string, now: Date): Date {
  const kept = readAnchors(file)
  const anchor = new Date(kept[organisation] ?? NaN)
  if (!Number.isNaN(anchor.getTime())) return anchor
  keepFile(file, JSON.stringify({ ...kept, [organisation]: now.toISOString() }, null, 2))
  return now
}

function readAnchors(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {} // the first start here
  }
}
