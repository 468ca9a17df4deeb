import { webAddress } from '../../../draft-alert.js'
import { targetName, type ReadContext } from './alert-context.js'
import { comparison, criterionDimensions } from './criteria.js'

/** Log alerts of the first version, over Log Analytics and Application Insights. Their moments are as `3/22/2019 1:36:31 PM`. */
export const readLogV1Context: ReadContext = (context, essentials) => {
  const [operator, threshold] = [context.text('Operator'), context.text('Threshold')]
  const value = context.text('ResultCount')
  const observed = { ...(operator && { operator }), ...(threshold && { threshold }), ...(value && { value }) }
  const affected = context.texts('AffectedConfigurationItems')
  const name = affected[0] ?? targetName(essentials)
  const said = [essentials.rule ?? 'A log search', comparison(observed)].filter(Boolean).join(': ')
  const url = webAddress(
    context.text('LinkToFilteredSearchResultsUI', 2_000) ?? context.text('LinkToSearchResults', 2_000),
  )
  const at = context.instant('SearchIntervalEndtimeUtc')
  return {
    title: name ? `${said} on ${name}` : said,
    observed,
    searched: true,
    names: affected,
    ...(url && { url }),
    ...(at && !essentials.fired && { at }),
    ...criterionDimensions(context.objects('Dimensions')),
  }
}
