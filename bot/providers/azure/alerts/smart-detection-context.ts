import { targetName, type ReadContext } from './alert-context.js'

/** Smart detection of Application Insights: a change of behaviour that no rule was written for. */
export const readSmartDetectionContext: ReadContext = (context, essentials) => {
  const summary = context.text('DetectionSummary') ?? context.text('SmartDetectorName')
  const name = targetName(essentials)
  const [usual, seen] = [context.text('FormattedNormalFailureRate'), context.text('FormattedDetectedFailureRate')]
  const at = context.instant('FormattedOccurrenceTime')
  return {
    ...(summary && { title: name && !summary.includes(name) ? `${summary} on ${name}` : summary }),
    ...((usual || seen) && { observed: { ...(usual && { threshold: usual }), ...(seen && { value: seen }) } }),
    ...(at && !essentials.fired && { at }),
  }
}
