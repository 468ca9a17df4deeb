const blocks = Array.from('▁▂▃▄▅▆▇')

/**
 * A trend in block characters with its first and last value: "▁▁▂▇ 0.1 → 38 %". Values that are no number are left out; a flat line
 * stays at the bottom. At most the last 12 values are drawn.
 */
export function sparkline(values: readonly number[], unit: string): string {
  const known = values.filter(Number.isFinite).slice(-12)
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined) return ''
  const low = Math.min(...known)
  const span = Math.max(...known) - low
  const bars = known.map((value) => blocks[span === 0 ? 0 : Math.round(((value - low) / span) * (blocks.length - 1))])
  return `${bars.join('')} ${first} → ${last} ${unit}`.trimEnd()
}
