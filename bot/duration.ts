const pattern = /^P(?=\d|T\d)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const units = [604_800_000, 86_400_000, 3_600_000, 60_000, 1_000]

/**
 * Milliseconds of an ISO 8601 duration, such as `P30D` or `PT1H30M`; undefined where the text is none. Years and months have no length of
 * their own and are not taken.
 */
export function readDuration(text: string): number | undefined {
  const match = pattern.exec(text)
  return match ? units.reduce((sum, unit, index) => sum + unit * Number(match[index + 1] ?? 0), 0) : undefined
}
