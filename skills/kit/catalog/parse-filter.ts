import { nearestName } from '../nearest-name.js'
import { allOf, anyOf } from './canonical-filter.js'
import { everything, nothing, type Filter } from './filter.js'
import { FilterCursor, isTest } from './filter-cursor.js'
import { faultAt, FilterFault } from './filter-fault.js'
import { filterTokens, type Token } from './filter-tokens.js'
import { isKeyword } from './filter-words.js'
import { stepNamed, stepNames, type Step } from './relation-types.js'

/** Longest text of a filter, in characters. */
export const longestFilter = 2_000
/** How many things a step may be asked to lead to. */
export const steppedTo = { least: 2, most: 1_000 } as const
/** Deepest that brackets, `not` and steps stand in each other. */
export const deepestFilter = 12

/** A filter and where its parts stand in the text. */
export interface ParsedFilter {
  filter: Filter
  /** The words of each part that names something: kinds, properties with their values, steps. */
  words: ReadonlyMap<Filter, readonly Token[]>
}

/**
 * Reads the text form of a filter, which `printFilter` prints:
 *
 *     filter     = kinds "where" either | either
 *     either     = both { "or" both }
 *     both       = one { "and" one }
 *     one        = "not" one | "(" filter ")" | "everything" | "nothing" | "words" value | step [ "+" | "at" "least" number ] "(" filter ")"
 *                | kinds | property test
 *     kinds      = name { "," name }
 *     test       = ( "=" | "!=" | "≠" | "<" | "<=" | "≤" | ">" | ">=" | "≥" ) value | "in" "(" value { "," value } ")"
 *                | "contains" value | "missing" | "within" age | "older" "than" age
 *     age        = number ( "ms" | "s" | "m" | "h" | "d" | "w" )
 *
 * `and` binds tighter than `or`, `not` tightest. A step is a relation by its name from either end, such as `ownedBy` and `owns`; with `+` it is
 * followed any number of times, with `at least` it leads to so many different things. Names and values stand bare or in quotes, with escapes as in JSON; bare, `true` and `false` and what is a
 * number from its first character to its last are no texts. Words of the language and names of steps have no case.
 * @throws FilterFault (BadInput) that points at the word and says what would fit there
 */
export const parseFilter = (text: string): Filter => parseWithWords(text).filter

/** Reads a filter and keeps where its parts stand, so that what is wrong with their meaning can be pointed at. @throws FilterFault */
export function parseWithWords(text: string): ParsedFilter {
  if (text.length > longestFilter)
    throw new FilterFault(
      text.slice(longestFilter, longestFilter + 20),
      longestFilter,
      `a filter has at most ${longestFilter.toLocaleString('en')} characters, this one ${text.length.toLocaleString('en')}`,
    )
  return new FilterReader(text).read()
}

const part =
  'Here may stand a kind, a property with a comparison, a relation such as partOf (…), not, words "…", everything or a bracket.'
const test = 'A property is compared by =, !=, <, <=, >, >=, in (…), contains, missing, within 7d or older than 7d.'

const misplacedWhere = (where: Token): FilterFault =>
  faultAt(where, 'where stands behind kinds, once in a bracket', 'Such as: Service, Team where name = x.')

/** Reads one filter by descending through its grammar; each method takes what its rule is called after. */
class FilterReader {
  readonly #at: FilterCursor
  readonly #words = new Map<Filter, readonly Token[]>()
  #depth = 0

  constructor(text: string) {
    this.#at = new FilterCursor(filterTokens(text))
  }

  read(): ParsedFilter {
    const filter = this.#filter()
    const left = this.#at.next
    if (left.kind !== 'end') throw this.#surplus(left)
    return { filter, words: this.#words }
  }

  #filter(): Filter {
    const first = this.#either()
    const where = this.#at.next
    if (!this.#at.took('where')) return first
    if (!('kinds' in first)) throw misplacedWhere(where)
    return allOf([first, this.#either()])
  }

  #either(): Filter {
    const filters = [this.#both()]
    while (this.#at.took('or')) filters.push(this.#both())
    return anyOf(filters)
  }

  #both(): Filter {
    const filters = [this.#one()]
    while (this.#at.took('and')) filters.push(this.#one())
    return allOf(filters)
  }

  #one(): Filter {
    const token = this.#at.next
    if (token.kind === 'sign' && token.says === '(') return this.#bracket()
    if (token.kind === 'end' || token.kind === 'sign') throw faultAt(token, 'a condition belongs here', part)
    const { follows } = this.#at
    if (token.kind === 'text') return isTest(follows) ? this.#comparison() : this.#kinds()
    if (this.#at.took('not')) return this.#deeper(token, () => ({ not: this.#one() }))
    if (isKeyword(token.says)) throw faultAt(token, 'a condition belongs here', part)
    if (isTest(follows)) return this.#comparison()
    if (this.#at.took('everything')) return everything
    if (this.#at.took('nothing')) return nothing
    if (this.#at.took('words')) return { words: this.#at.text() }
    return this.#step(token, follows) ?? this.#kinds()
  }

  #bracket(): Filter {
    const open = this.#at.take()
    const inner = this.#deeper(open, () => this.#filter())
    const close = this.#at.next
    if (close.kind === 'end')
      throw new FilterFault('', close.at, `the bracket at character ${open.at + 1} is not closed`, 'Write ) behind it.')
    if (!this.#at.tookSign(')')) throw this.#surplus(close)
    return inner
  }

  #step(token: Token, follows: Token | undefined): Filter | undefined {
    const deep = token.says.endsWith('+')
    const name = deep ? token.says.slice(0, -1) : token.says
    const opens = follows?.kind === 'sign' && follows.says === '('
    const counts = follows?.kind === 'word' && follows.says.toLowerCase() === 'at'
    const step = stepNamed(name)
    if (!step && !opens) return undefined
    if (!step) throw this.#noRelation(token, name)
    if (!opens && !(counts && !deep))
      throw faultAt(token, 'what it leads to is missing', `Such as: ${token.says} (Service).`)
    this.#at.take()
    return this.#noted(opens ? this.#stepTo(step, deep) : this.#stepToSeveral(step), [token])
  }

  #stepTo(step: Step, deep: boolean): Filter {
    const of = this.#bracket()
    return deep ? { step, deep, of } : { step, of }
  }

  #stepToSeveral(step: Step): Filter {
    const such = 'Such as: ownedBy at least 2 (Team).'
    this.#at.take()
    if (!this.#at.took('least')) throw faultAt(this.#at.next, 'least belongs here', such)
    const number = this.#at.next
    const atLeast = this.#at.value()
    const { least, most } = steppedTo
    if (typeof atLeast !== 'number' || !Number.isInteger(atLeast) || atLeast < least || atLeast > most)
      throw faultAt(number, `a whole number from ${least} to ${most.toLocaleString('en')} belongs here`, such)
    const open = this.#at.next
    if (open.kind !== 'sign' || open.says !== '(') throw faultAt(open, 'what it leads to is missing', such)
    return { step, atLeast, of: this.#bracket() }
  }

  #noRelation(token: Token, name: string): FilterFault {
    const near = nearestName(name, stepNames)
    const meant = near ? `Did you mean ${near}? ` : ''
    return faultAt(token, 'there is no such relation', `${meant}Relations are ${stepNames.join(', ')}.`)
  }

  #kinds(): Filter {
    const names = [this.#at.take()]
    while (this.#at.tookSign(',')) names.push(this.#name())
    return this.#noted({ kinds: names.map(({ says }) => says) }, names)
  }

  #name(): Token {
    const token = this.#at.next
    if (token.kind === 'text' || (token.kind === 'word' && !isKeyword(token.says))) return this.#at.take()
    throw faultAt(token, 'another kind belongs here', 'Such as: Service, Team.')
  }

  #comparison(): Filter {
    const [name, test] = [this.#at.take(), this.#at.take()]
    const filter = this.#tested(name.says, test)
    return this.#noted(filter, [name, test, ...this.#at.takenSince(test)])
  }

  #tested(property: string, { kind, says }: Token): Filter {
    if (kind === 'sign') return { property, is: says as '=', value: this.#at.value() }
    switch (says.toLowerCase()) {
      case 'in':
        return { property, in: this.#at.values() }
      case 'contains':
        return { property, contains: this.#at.text() }
      case 'within':
        return { property, within: this.#at.age() }
      case 'older':
        if (!this.#at.took('than')) throw faultAt(this.#at.next, 'than belongs here', 'Such as: older than 7d.')
        return { property, older: this.#at.age() }
      default:
        return { property, missing: true }
    }
  }

  #deeper<T>(token: Token, read: () => T): T {
    if (++this.#depth > deepestFilter)
      throw faultAt(token, `a filter is at most ${deepestFilter} levels deep`, 'Take brackets away.')
    const result = read()
    this.#depth--
    return result
  }

  #surplus(token: Token): FilterFault {
    const { before } = this.#at
    if (token.says === ')' && token.kind === 'sign')
      return faultAt(token, 'no bracket is open here', 'Take it away, or open one before it.')
    if (token.kind === 'word' && token.says.toLowerCase() === 'where') return misplacedWhere(token)
    if (before && before.kind !== 'sign' && token.kind === 'word' && !isKeyword(token.says)) {
      const several = `Text of several words stands in quotes: "${before.says} ${token.says}".`
      return faultAt(token, 'and, or, or the end belongs here', `${several} ${test}`)
    }
    return faultAt(token, 'and, or, or the end belongs here', test)
  }

  #noted(filter: Filter, words: readonly Token[]): Filter {
    this.#words.set(filter, words)
    return filter
  }
}
