import type { Claim, Json } from '../../../../skills/kit/model.js'
import { resourceRef } from '../../../../skills/kit/entity-ids.js'
import type { Fields } from '../../../fields.js'
import { armId } from './arm-ids.js'
import type { Ringing } from './findings.js'
import { placedBy } from './placed-by.js'

const operators: Record<string, string> = {
  greaterthan: '>',
  greaterthanorequal: '≥',
  lessthan: '<',
  lessthanorequal: '≤',
  equals: '=',
  equal: '=',
  notequals: '≠',
}

/** An alert rule as the catalog keeps it. */
export function claimOfAlertRule(row: Fields, id: string, tags: Record<string, string>, ringing?: Ringing): Claim {
  const properties = row.object('properties')
  const said = properties.text('enabled')?.toLowerCase()
  const enabled = said === undefined ? undefined : said === 'true'
  const severity = Number(properties.text('severity'))
  const [summary, condition, window] = [properties.text('description'), conditionIn(properties), windowIn(properties)]
  const placed = placedBy(tags)
  const scopes = properties.texts('scopes').flatMap((scope) => armId(scope) ?? [])
  const props: Record<string, Json> = {
    state: enabled === false ? 'disabled' : ringing?.firing ? 'firing' : 'ok',
    ...(summary && { summary }),
    ...(severity >= 0 && severity <= 4 && { severity: `sev${severity}` }),
    ...(condition && { condition }),
    ...(window && { window }),
    ...(enabled !== undefined && { enabled }),
    ...(ringing?.fired && { fired: ringing.fired }),
    ...(placed.environment && { environment: placed.environment }),
  }
  const watched = scopes.map((scope) => ({ type: 'watches' as const, to: resourceRef(scope) }))
  const { ownedBy, partOf } = placed
  return { kind: 'AlertRule', id, name: row.text('name') ?? id, props, relations: [...watched, ...ownedBy, ...partOf] }
}

/** What it waits for: `active_connections > 773 (Maximum)`, each of several; the query of a log rule. */
function conditionIn(properties: Fields): string | undefined {
  const criteria = properties.object('criteria')
  const said = criteria.objects('allOf').flatMap((one): string[] => {
    const what = one.text('metricName') ?? one.text('query', 500)
    if (!what) return []
    const operator = operators[one.text('operator')?.toLowerCase() ?? ''] ?? one.text('operator')
    const [threshold, over] = [one.text('threshold'), one.text('timeAggregation')]
    return [[what, operator, threshold, over && `(${over})`].filter((part) => part !== undefined).join(' ')]
  })
  return said.length ? said.join(', ') : undefined
}

/** `5 minutes` for `PT5M`; another form stays as it is. */
function windowIn(properties: Fields): string | undefined {
  const text = properties.text('windowSize') ?? properties.text('evaluationFrequency')
  const [, count, unit] = /^PT?(\d+)([MHD])$/.exec(text ?? '') ?? []
  if (count === undefined || unit === undefined) return text
  const word = { M: 'minute', H: 'hour', D: 'day' }[unit]!
  return `${count} ${word}${count === '1' ? '' : 's'}`
}
