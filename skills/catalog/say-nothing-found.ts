import type { Row, Text } from '../../cards/model.js'
import { answer } from '../kit/answer.js'
import { allOf } from '../kit/catalog/canonical-filter.js'
import type { Filter } from '../kit/catalog/filter.js'
import { printFilter } from '../kit/catalog/print-filter.js'
import type { Instant } from '../kit/model.js'
import { nearestName } from '../kit/nearest-name.js'
import type { Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply } from '../kit/reply.js'
import { adjectiveOf, sayConditions, type Noun } from './noun-of.js'
import type { Question } from './question.js'

/** Conditions that are each tried without; a question of more is not taken apart further. */
const mostTried = 8

/** A question that is near to one that nothing meets, and how many meet it. */
interface Relaxation {
  /** What is different: `without environment = test`. */
  says: string
  filter: Filter
  total: number
  /** Set where a value was probably written wrongly. */
  meant?: true
}

/** Says that nothing meets a filter, which of its conditions alone keeps everything out, and what a slip may have meant. */
export async function sayNothingFound(
  { filter, at }: Question,
  noun: Noun,
  change: Button,
  turn: Turn<'catalog'>,
): Promise<Reply> {
  const parts = 'all' in filter ? filter.all : [filter]
  const conditions = parts.filter((one) => !('kinds' in one))
  const tried = conditions.slice(0, mostTried)
  const relaxed = (await Promise.all(tried.map((one) => relax(one, parts, at, turn)))).flat()
  const near = relaxed
    .filter(({ total }) => total)
    .sort((a, b) => Number(b.meant ?? 0) - Number(a.meant ?? 0) || a.total - b.total)
  const card: CardBody = {
    state: 'emphasis',
    icon: noun.icon,
    topic: 'Found',
    title: noun.title,
    status: 'none',
    sentence: sentence(noun, near, at),
    ...(near.length && { sections: [{ kind: 'rows', title: 'Nearest', rows: near.map((one) => rowOf(one, at)) }] }),
  }
  return answer(card, { buttons: [change] })
}

/** Values of a condition that are said one by one; of more it is said how many there are. */
const mostValues = 3

/** A condition as people would say it: those that have a word of their own by that, a long choice of values by how many they are. */
function sayCondition(condition: Filter): string {
  const word = adjectiveOf(condition)
  if (word !== undefined) return `“${word}”`
  return 'in' in condition && condition.in.length > mostValues
    ? `${condition.property} in (${condition.in.length} values)`
    : printFilter(condition)
}

/** The question without one of its conditions, and with the value that was probably meant. */
async function relax(
  condition: Filter,
  parts: readonly Filter[],
  at: Instant | undefined,
  { catalog }: Turn<'catalog'>,
): Promise<Relaxation[]> {
  const others = parts.filter((one) => one !== condition)
  const asOf = at && { at }
  const filter = allOf(others)
  const { total } = await catalog.find({ filter, limit: 1, ...asOf })
  const without = { says: `without ${sayCondition(condition)}`, filter, total }
  if (!total || !('is' in condition) || condition.is !== '=' || typeof condition.value !== 'string') return [without]
  const counts = await catalog.tally({ filter, ...asOf }, condition.property)
  const values = counts.flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
  const meant = nearestName(condition.value, values)
  if (meant === undefined) return [without]
  const corrected = { ...condition, value: meant }
  const found = counts.find(({ value }) => value === meant)!.count
  return [{ says: printFilter(corrected), filter: allOf(parts.map((one) => (one === condition ? corrected : one))), total: found, meant: true as const }, without] // prettier-ignore
}

function sentence(noun: Noun, near: readonly Relaxation[], at: Instant | undefined): Text {
  const said = nothing(noun, near)
  return at ? ['As of ', { time: at }, `: ${said.charAt(0).toLowerCase()}${said.slice(1)}`] : said
}

function nothing({ one, many, conditions }: Noun, near: readonly Relaxation[]): string {
  if (!conditions) return `The catalog has no ${many}.`
  const none = `No ${one} meets ${sayConditions(conditions)}`
  const [first] = near
  if (first?.meant) return `${none}. Did you mean ${first.says}?`
  if (first)
    return `${none}; ${first.says} there ${first.total === 1 ? 'is 1' : `are ${first.total.toLocaleString('en')}`}.`
  return conditions === 1
    ? `${none}, and the catalog has no other ${many}.`
    : `${none}, and no single one of them is the reason.`
}

const rowOf = ({ says, filter, total }: Relaxation, at: Instant | undefined): Row<Button> => ({
  title: says,
  end: total.toLocaleString('en'),
  select: {
    title: `Find ${says}`.slice(0, 80),
    intent: { command: 'catalog.find', args: { filter: printFilter(filter), ...(at && { at }) } },
  },
})
