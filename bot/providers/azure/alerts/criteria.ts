import type { Observed } from '../../../../skills/kit/alert.js'
import { dimensionsOf } from '../../../draft-alert.js'
import type { Fields } from '../../../fields.js'

/** Azure Monitor's operators, between a metric and its threshold. */
const operators: Record<string, string> = {
  greaterthan: 'above',
  greaterthanorequal: 'at or above',
  lessthan: 'below',
  lessthanorequal: 'at or below',
  equals: 'at',
  equal: 'at',
  notequals: 'not',
  greaterorlessthan: 'outside its usual range',
}

/** "above 25"; a dynamic threshold that goes both ways has no number of its own. */
export function comparison({ operator, threshold }: Observed): string | undefined {
  const key = (operator ?? '').toLowerCase().replace(/\s/g, '')
  const words = operators[key]
  if (!words) return undefined
  return key === 'greaterorlessthan' || threshold === undefined ? words : `${words} ${threshold}`
}

/** What a criterion saw. */
export function observedOf(criterion: Fields, metricField: string): Observed {
  const [metric, operator] = [criterion.text(metricField), criterion.text('operator')]
  const [threshold, value] = [criterion.text('threshold'), criterion.text('metricValue')]
  return {
    ...(metric && { metric }),
    ...(operator && { operator }),
    ...(threshold && { threshold }),
    ...(value && { value }),
  }
}

/** Dimensions, a list of names and values. */
export const criterionDimensions = (dimensions: readonly Fields[]) =>
  dimensionsOf(
    dimensions.flatMap((one): [string, string][] => {
      const [name, value] = [one.text('name', 100), one.text('value')]
      return name && value ? [[name, value]] : []
    }),
  )
