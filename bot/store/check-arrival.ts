import { StoreBadInput } from './errors.js'
import { checkName, checkSize, limits } from './limits.js'
import { jsonText } from './json.js'
import type { Arrival } from './queues.js'

/** An arrival as it is written: checked, and its data as JSON text. */
export interface ArrivalRow {
  source: string
  id: string
  text: string
}

function toArrivalRow({ source, id, data }: Arrival, makeId: () => string): ArrivalRow {
  checkName('the source', source)
  if (id !== undefined) checkName('the id of an inbox item', id)
  const known = id ?? makeId()
  return { source, id: known, text: jsonText(data, `inbox item ${source}/${known}`) }
}

/**
 * Checks the arrivals of one append and turns them into rows.
 * @param makeId makes the id of one that came without
 * @returns the rows and how many bytes their texts have
 * @throws StoreBadInput
 */
export function toArrivalRows(items: readonly Arrival[], makeId: () => string): { rows: ArrivalRow[]; bytes: number } {
  if (items.length > limits.batchItems)
    throw new StoreBadInput(`an inbox batch has at most ${limits.batchItems} items: split it`)
  const rows = items.map((item) => toArrivalRow(item, makeId))
  const bytes = checkSize(
    'the inbox batch',
    rows.map(({ text }) => text),
  )
  return { rows, bytes }
}
