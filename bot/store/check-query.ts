import type { Condition, Query } from './contract.js'
import { StoreBadInput } from './errors.js'
import { checkName, checkScalar, checkWord, limits } from './limits.js'

/** @throws StoreBadInput where a query makes no sense */
export function checkQuery({ kind, partition, where = [], order }: Query): void {
  checkWord('the kind', kind)
  if (partition !== undefined) checkName('the partition', partition)
  if (order) checkWord('the field to order by', order.by)
  if (where.length > limits.conditions) throw new StoreBadInput(`a query has at most ${limits.conditions} conditions`)
  for (const condition of where) checkCondition(condition)
}

function checkCondition(condition: Condition): void {
  checkWord('a field', condition.field)
  const what = `the condition on ${condition.field}`
  if ('equals' in condition) checkScalar(what, condition.equals)
  else if ('prefix' in condition) checkText(what, condition.prefix)
  else {
    const { from, below } = condition
    if (from === undefined && below === undefined)
      throw new StoreBadInput(`${what} says nothing: give equals, prefix, from or below`)
    if (from !== undefined) checkScalar(what, from)
    if (below !== undefined) checkScalar(what, below)
    if (from !== undefined && below !== undefined && typeof from !== typeof below)
      throw new StoreBadInput(`${what} has a number at one end and text at the other`)
  }
}

function checkText(what: string, value: unknown): void {
  if (typeof value !== 'string') throw new StoreBadInput(`${what} must be text`)
  checkScalar(what, value)
}
