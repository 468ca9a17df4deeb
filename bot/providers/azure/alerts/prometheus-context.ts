import { dimensionsOf } from '../../../draft-alert.js'
import type { ReadContext } from './alert-context.js'

/** Prometheus rules of Azure Monitor: what they are about is in their labels. */
export const readPrometheusContext: ReadContext = (context, essentials) => {
  const annotations = context.object('annotations')
  const labels = context.object('labels').entries()
  const title = annotations.text('summary') ?? annotations.text('title') ?? context.text('alertname') ?? essentials.rule
  const description = annotations.text('description', 1_000)
  const [expression, value] = [context.text('expression', 500), context.text('expressionValue')]
  return {
    ...(title && { title }),
    ...(description && { description }),
    observed: { ...(expression && { metric: expression }), ...(value && { value }) },
    ...dimensionsOf(labels),
    // The labels are part of what fires: the rule fires once for each set of them.
    part: labels.map((label) => label.join('=')).join(','),
  }
}
