import type { ReadContext } from './alert-context.js'

/** Budgets: no severity, no rule, no target. */
export const readBudgetContext: ReadContext = (context) => {
  const data = context.object('AlertData')
  const name = data.text('BudgetName')
  const forecast = data.text('ThresholdType')?.toLowerCase().startsWith('forecast')
  const [spent, expected] = [data.text('SpentAmount'), data.text('ForecastedTotalForPeriod')]
  const limit = data.text('NotificationThresholdAmount') ?? data.text('BudgetThreshold')
  const value = forecast ? (expected ?? spent) : spent
  const budget = name ? `Budget ${name}` : 'A budget'
  return {
    title: forecast
      ? `${budget} is expected to pass ${limit ?? 'its limit'}`
      : `${budget} has passed ${limit ?? 'its limit'}`,
    observed: {
      metric: forecast ? 'Expected cost' : 'Cost',
      ...(limit && { threshold: limit }),
      ...(value && { value }),
    },
    part: [data.text('BudgetId', 600) ?? name, data.text('ThresholdType'), limit].join(' '),
  }
}
