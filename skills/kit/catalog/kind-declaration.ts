import type { Filter } from './filter.js'
import type { Icon } from '../../../cards/icons.js'
import type { State } from '../../../cards/model.js'
import type { Kind } from '../model.js'
import type { RelationType, StepName } from './relation-types.js'

/**
 * What a property holds. `instant` is ISO 8601 in UTC with milliseconds; `list` is texts; `map` is texts by name, such as tags, each
 * reached as `tags.team`; `ordered` is one of its declared values, which are compared by their place: sizes, severities, tiers. `data` is
 * anything, kept for Nexus itself: no filter names it and no card shows it.
 */
export type PropertyType = 'text' | 'number' | 'boolean' | 'instant' | 'list' | 'map' | 'ordered' | 'data'

/** One property of a kind, declared once for cards, filters, checks of what sources send, and words. */
export interface PropertyDeclaration {
  type: PropertyType
  /** On a card: `Last backup`. */
  title: string
  /** Other words people use for it, in lower case: `backed up`, `backup`. */
  says?: readonly string[]
  /** The values it may have, the least first where it is `ordered`; others are refused from a push and kept as they are from a vendor. */
  values?: readonly string[]
  /**
   * Whose usual names its values go by, because people write them in many ways: `prd`, `prod` and `Production` are kept, asked and shown as
   * `production`.
   */
  usually?: 'environment'
  /** Shown after a number: `%`, `EUR`, `days`. */
  unit?: string
  /** Bounds of a number, both included. */
  minimum?: number
  maximum?: number
  /** A number without a part after the point. */
  integer?: true
  /** A regular expression of JavaScript, with `u`, that a text or each item of a list matches. */
  pattern?: string
  /** Most characters of a text, most items of a list. */
  longest?: number
  /** How its values are written on a card, where that differs from what they are. */
  shown?: 'resource type' | 'region' | 'link' | 'severity'
  /** Values that need somebody, or are as they should be, in lower case; all others are calm. */
  looks?: Readonly<Record<string, State>>
  /** Kept out of filters and cards of people without the right to see it, such as a phone number. */
  personal?: true
}

/** A word for a kind; one that means only some of them carries a filter: `vm` is a Resource of a certain type. */
export type KindWord = string | { word: string; where: string }

/** What people ask next of a thing: a button of its card. `of` asks it of what is one step away. */
export interface NextQuestion {
  ask: 'on-call' | 'dependents' | 'incidents' | 'owner' | 'show'
  of?: StepName
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
  /** Stands before its title; the one of its state unless told. */
  icon?: Icon
  /** Other words for it, in lower case, singular: `app`, `component`. */
  says: readonly KindWord[]
  properties: Readonly<Record<string, PropertyDeclaration>>
  /** Properties without which one is of no use: a push without them is refused. */
  required?: readonly string[]
  /** What it may point at, by relation. */
  relations: Readonly<Partial<Record<RelationType, readonly Kind[]>>>
  /**
   * The sentence of its card where it has no `summary`, in pieces: a property or step in braces is replaced, and a piece of which one is
   * missing is left out, all of them where that is the first: `['{type}', ' in {region}', ', part of {partOf}', '.']`.
   */
  sentence?: readonly string[]
  /** Properties and steps that are facts of its card, the most useful first; those it has not are left out. */
  facts: readonly string[]
  /** Sections of its card, in their order. One without a title has a part for each kind that is found, headed by its plural. */
  sections: readonly { title?: string; steps: readonly StepName[] }[]
  /** What is asked next of one, the likeliest first. */
  next: readonly NextQuestion[]
  /** Set where one can be owned, or which of them can: the lists of what is unowned or disputed have those. */
  ownable?: true | Filter
}
