import type { Json } from '../kit/model.js'
import type { Facts } from '../kit/plan.js'

/** A value as people read it. */
export function sayValue(value: Json): string {
  if (value === null) return 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
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

/** A sentence's beginning within another one: a capital that only opens it goes. */
export const within = (title: string): string =>
  /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title
