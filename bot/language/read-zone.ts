import { ownZone } from '../../skills/kit/arguments.js'
import { isZone } from '../../skills/kit/zoned-time.js'

/** Cities whose zone has another city's name, or another spelling of theirs, in the list that machines keep. */
const elsewhere: Record<string, string> = {
  munich: 'Europe/Berlin',
  hamburg: 'Europe/Berlin',
  frankfurt: 'Europe/Berlin',
  cologne: 'Europe/Berlin',
  geneva: 'Europe/Zurich',
  basel: 'Europe/Zurich',
  milan: 'Europe/Rome',
  barcelona: 'Europe/Madrid',
  porto: 'Europe/Lisbon',
  manchester: 'Europe/London',
  edinburgh: 'Europe/London',
  krakow: 'Europe/Warsaw',
  kyiv: 'Europe/Kyiv',
  'san francisco': 'America/Los_Angeles',
  seattle: 'America/Los_Angeles',
  redmond: 'America/Los_Angeles',
  boston: 'America/New_York',
  washington: 'America/New_York',
  atlanta: 'America/New_York',
  miami: 'America/New_York',
  austin: 'America/Chicago',
  dallas: 'America/Chicago',
  houston: 'America/Chicago',
  'rio de janeiro': 'America/Sao_Paulo',
  montreal: 'America/Toronto',
  kolkata: 'Asia/Kolkata',
  mumbai: 'Asia/Kolkata',
  delhi: 'Asia/Kolkata',
  bangalore: 'Asia/Kolkata',
  bengaluru: 'Asia/Kolkata',
  hyderabad: 'Asia/Kolkata',
  pune: 'Asia/Kolkata',
  chennai: 'Asia/Kolkata',
  kathmandu: 'Asia/Kathmandu',
  nuuk: 'America/Nuuk',
  beijing: 'Asia/Shanghai',
  shenzhen: 'Asia/Shanghai',
  'ho chi minh city': 'Asia/Ho_Chi_Minh',
  'tel aviv': 'Asia/Jerusalem',
  'abu dhabi': 'Asia/Dubai',
  osaka: 'Asia/Tokyo',
  'cape town': 'Africa/Johannesburg',
  canberra: 'Australia/Sydney',
  wellington: 'Pacific/Auckland',
  utc: 'UTC',
  gmt: 'UTC',
}

let cities: ReadonlyMap<string, string> | undefined

/** Every zone that this machine knows, by its city. */
function cityZones(): ReadonlyMap<string, string> {
  return (cities ??= new Map(
    Intl.supportedValuesOf('timeZone')
      .filter((zone) => !zone.startsWith('Etc/'))
      .map((zone) => [zone.split('/').at(-1)!.replaceAll('_', ' ').toLowerCase(), zone]),
  ))
}

/**
 * Reads a time zone: a city ("Berlin", "New York time"), an IANA name in any case, "UTC", or "my time" for the speaker's own. Abbreviations
 * such as EST are none: they mean several zones.
 * @returns the IANA name, `own`, or undefined where the words are no zone
 */
export function readZone(words: string): string | undefined {
  const said = words.toLowerCase().replace(/\s+/g, ' ').trim().replace(/^in /, '')
  if (/^(?:my|my own|our|local)(?: (?:local )?(?:time ?zone|time|zone))?$/.test(said)) return ownZone
  const place = said.replace(/ (?:local )?(?:time ?zone|time|zone)$/, '')
  const plain = place.normalize('NFKD').replace(/\p{M}/gu, '')
  const city = Object.hasOwn(elsewhere, plain) ? elsewhere[plain] : cityZones().get(plain)
  if (city !== undefined) return city
  const name = plain.replace(/ ?\/ ?/g, '/').replaceAll(' ', '_')
  return name.includes('/') && isZone(name) ? spelled(name) : undefined
}

/** An IANA name as it is usually spelt: "america/port_of_spain" is `America/Port_of_Spain`. */
function spelled(name: string): string {
  const listed = [...cityZones().values()].find((zone) => zone.toLowerCase() === name)
  return (
    listed ?? name.replace(/(^|[/_-])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase())
  )
}
