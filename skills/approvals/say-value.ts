import type { Span } from '../../cards/model.js'
import type { Json } from '../kit/model.js'
import type { Facts } from '../kit/plan.js'

/** A value as people read it. */
export function sayValue(value: Json): string {
  if (value === null) return 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const link = linkIn(value)
  if (link) return link.text
  if (Array.isArray(value)) return value.map(sayValue).join(', ') || 'none'
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, field]) => `${name} ${sayValue(field)}`)
      .join(', ')
  return typeof value === 'number' ? value.toLocaleString('en') : value
}

/** Facts in one line: "Running, 3 instances" becomes "State Running · Instances 3". */
export const sayFacts = (facts: Facts): string =>
  Object.entries(facts)
    .map(([label, value]) => `${label} ${sayValue(value)}`)
    .join(' · ')

/** The same on a card, where what has a name and an address is a link. */
export const linkFacts = (facts: Facts): Span[] =>
  Object.entries(facts).flatMap(([label, value], index) => [
    `${index ? ' · ' : ''}${label} `,
    linkIn(value) ?? sayValue(value),
  ])

/** `{name, url}`, as a run ends with what it made somewhere: a pull request. */
function linkIn(value: Json): { link: string; text: string } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const { name, url, ...others } = value
  const isLink = typeof name === 'string' && typeof url === 'string' && /^https:\/\/\S+$/.test(url)
  return isLink && !Object.keys(others).length ? { link: url, text: name } : undefined
}

/** A sentence's beginning within another one: a capital that only opens it goes. */
export const within = (title: string): string =>
  /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title
