import { targetName, type ReadContext } from './alert-context.js'
import { comparison, criterionDimensions, observedOf } from './criteria.js'

/** Metric alerts, with static and dynamic thresholds, and availability tests. */
export const readMetricContext: ReadContext = (context, essentials) => {
  const criterion = context.object('condition').objects('allOf')[0]
  if (!criterion) return {}
  const observed = observedOf(criterion, 'metricName')
  const test = criterion.text('webTestName')
  const what = observed.metric ?? test
  if (!what) return { observed }
  const title = [what, comparison(observed)].filter(Boolean).join(' ')
  const name = targetName(essentials)
  return {
    title: name ? `${title} on ${name}` : title,
    observed,
    part: what,
    ...criterionDimensions(criterion.objects('dimensions')),
  }
}
