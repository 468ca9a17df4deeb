/** Runs a function over a list, so many at a time. */
export async function inParallel<T, R>(list: readonly T[], run: (item: T) => Promise<R>, width = 16): Promise<R[]> {
  const results: R[] = new Array<R>(list.length)
  let next = 0
  const lane = async () => {
    for (let at = next++; at < list.length; at = next++) results[at] = await run(list[at]!)
  }
  await Promise.all(Array.from({ length: Math.min(width, list.length) }, lane))
  return results
}
