import { targetName, type ReadContext } from './alert-context.js'

/** Activity log alerts: what somebody did to a resource, a policy, a recommendation, autoscale. They fire once for each event and never end. */
export const readActivityLogContext: ReadContext = (context, essentials) => {
  const operation = context.text('operationName')
  if (!operation) return {}
  const scope = context.object('authorization').text('scope', 600)
  const name = targetName(essentials) ?? scope?.split('/').at(-1)
  const status = context.text('status')
  const caller = context.text('caller')
  const at = context.instant('eventTimestamp')
  const said = [operation, status?.toLowerCase()].filter(Boolean).join(' ')
  return {
    title: name ? `${said} on ${name}` : said,
    observed: { metric: operation, ...(status && { value: status }) },
    part: operation,
    ...(caller && { description: [essentials.description, `Done by ${caller}.`].filter(Boolean).join(' ') }),
    ...(at && { at }),
  }
}
