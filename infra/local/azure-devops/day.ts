const DAY = 86_400_000
/** The start of an instant's day in UTC, in milliseconds since 1970. */
export const instantDay = (instant: number): number => Math.floor(instant / DAY) * DAY
