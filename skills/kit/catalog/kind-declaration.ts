import type { Icon } from '../../../cards/icons.js'
import type { Kind } from '../model.js'
import type { RelationType } from './relation-types.js'

/**
 * What a property holds. `instant` is ISO 8601 in UTC with milliseconds; `list` is texts; `map` is texts by name, such as tags, each
 * reached as `tags.team`; `ordered` is one of its declared values, which are compared by their place: sizes, severities, tiers.
 */
export type PropertyType = 'text' | 'number' | 'boolean' | 'instant' | 'list' | 'map' | 'ordered'

/** One property of a kind, declared once for cards, filters, checks of what sources send, and words. */
export interface PropertyDeclaration {
  type: PropertyType
  /** On a card: `Last backup`. */
  title: string
  /** Other words people use for it, in lower case: `backed up`, `backup`. */
  says?: readonly string[]
  /** The values it may have, the least first where it is `ordered`; others are refused from a push and kept as they are from a vendor. */
  values?: readonly string[]
  /** Shown after a number: `%`, `EUR`, `days`. */
  unit?: string
  /** Kept out of filters and cards of people without the right to see it, such as a phone number. */
  personal?: true
}

/** A kind of the catalog, built in or an organisation's own (a blueprint). */
export interface KindDeclaration {
  kind: Kind
  /** One, as people call it: `Azure resource`. */
  title: string
  /** Several: `Azure resources`. */
  plural: string
  /** What one of them is, in a sentence. */
  summary: string
  icon: Icon
  /** Other words for it, in lower case, singular: `app`, `component`. A word may carry a filter: `vm` is a Resource of certain types. */
  says: readonly (string | { word: string; where: string })[]
  properties: Readonly<Record<string, PropertyDeclaration>>
  /** What it may point at, by relation. */
  relations: Readonly<Partial<Record<RelationType, readonly Kind[]>>>
  /** Properties and relations that are facts of its card, the most useful first. */
  facts: readonly string[]
  /** Sections of its card, in their order: relations by name, from either end. */
  sections: readonly { title: string; steps: readonly string[] }[]
}
