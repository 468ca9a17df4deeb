import { Fault } from '../errors.js'

/** A word of a filter's text. */
export interface Word {
  /** As it stands there; empty at the end of the text. */
  raw: string
  /** Its first character, counted from 0. */
  at: number
}

/** What is wrong with a filter, at which of its words. */
export class FilterFault extends Fault {
  /**
   * @param word what was said there; empty where the text ends too early
   * @param at its first character, counted from 0; undefined where the filter came without a text
   * @param what a clause that goes on after a colon: `a value belongs here`
   * @param wayOn what would fit there
   */
  constructor(
    readonly word: string,
    readonly at: number | undefined,
    what: string,
    wayOn?: string,
  ) {
    const place = at === undefined ? '' : ` (character ${at + 1})`
    const shown = word.length > 40 ? `${word.slice(0, 39)}…` : word
    super('BadInput', word ? `At “${shown}”${place}: ${what}.` : `The filter ends too early: ${what}.`, wayOn)
  }
}

/** What is wrong at a word, and what would fit there. */
export const faultAt = ({ raw, at }: Word, what: string, wayOn?: string): FilterFault =>
  new FilterFault(raw, at, what, wayOn)
