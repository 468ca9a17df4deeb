import type { Kind } from '../model.js'
import type { Step } from './relation-types.js'

/** A value that a property is compared with. An instant is its ISO text. */
export type FilterValue = string | number | boolean

/**
 * Which entities are meant. Its text form is what *Show query* shows and what a person may edit:
 *
 *     Resource where type contains "sql" and environment = production and not backup within 7d
 *     Resource where type = "microsoft.sql/servers/databases" and partOf (Service where ownedBy (Team where id = atlas))
 *     Service where ownedBy at least 2 (everything)
 *
 * Its logic has two values, so that every law of and, or and not holds: a comparison with a property that is missing is false, and
 * `≠` is `not =`, thus true of what has no such property. Text is compared without case. A list is met where one of its items is.
 * Text is never less or greater than text, unless the property is declared as ordered; an instant only than an instant.
 */
export type Filter =
  /** Both, all; with none of them it is everything. */
  | { all: readonly Filter[] }
  /** One at least; with none of them it is nothing. */
  | { any: readonly Filter[] }
  | { not: Filter }
  | { kinds: readonly Kind[] }
  /** `property` is `name`, `id`, `kind`, a declared property, `tags.team`, or `source`, the names of who claims it. */
  | { property: string; is: '=' | '!=' | '<' | '<=' | '>' | '>='; value: FilterValue }
  | { property: string; in: readonly FilterValue[] }
  /** A part of a text, or of an item of a list. */
  | { property: string; contains: string }
  | { property: string; missing: true }
  /** A moment that lies at most so many milliseconds back, or (`older`) more; both are false of what has no such moment. */
  | { property: string; within: number }
  | { property: string; older: number }
  /**
   * Something one step away meets the filter; `deep` follows the same step any number of times, once at least. `atLeast` wants so many
   * different things there (2 to 1,000), and goes with no `deep`.
   */
  | { step: Step; deep?: true; atLeast?: number; of: Filter }
  /** Words of a full-text search, all of which it has. */
  | { words: string }

/** Everything there is. */
export const everything: Filter = { all: [] }
/** Nothing at all. */
export const nothing: Filter = { any: [] }
