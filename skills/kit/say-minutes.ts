/** A length of time in the largest unit of which it is a whole number: `5 min`, `2 hours`, `7 days`. */
export function sayMinutes(minutes: number): string {
  const [length, unit] =
    minutes !== 0 && minutes % 1_440 === 0
      ? [minutes / 1_440, 'day']
      : minutes !== 0 && minutes % 60 === 0
        ? [minutes / 60, 'hour']
        : [minutes, 'min']
  return `${length.toLocaleString('en')} ${unit}${unit === 'min' || length === 1 ? '' : 's'}`
}
