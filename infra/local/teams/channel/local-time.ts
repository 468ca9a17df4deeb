/** A moment as `2026-11-21T06:12:39.000+01:00` in an IANA zone, the form of `localTimestamp`. */
export function localTime(at: Date, zone: string): string {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value
  const [, sign = '+', hours = '00', minutes = '00'] = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '') ?? []
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  return `${new Date(at.getTime() + offset * 60_000).toISOString().slice(0, -1)}${sign}${hours}:${minutes}`
}
