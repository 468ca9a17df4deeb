import { webAddress } from '../../../draft-alert.js'
import { targetName, type ReadContext } from './alert-context.js'
import { comparison, criterionDimensions, observedOf } from './criteria.js'

/** Log alerts of the second version. */
export const readLogV2Context: ReadContext = (context, essentials) => {
  const criterion = context.object('condition').objects('allOf')[0]
  if (!criterion) return {}
  const observed = observedOf(criterion, 'metricMeasureColumn')
  const name = targetName(essentials)
  const said = [essentials.rule ?? 'A log search', comparison(observed)].filter(Boolean).join(': ')
  const url = webAddress(
    criterion.text('linkToFilteredSearchResultsUI', 2_000) ?? criterion.text('linkToSearchResultsUI', 2_000),
  )
  return {
    title: name ? `${said} on ${name}` : said,
    observed,
    searched: true,
    ...(url && { url }),
    ...criterionDimensions(criterion.objects('dimensions')),
  }
}
