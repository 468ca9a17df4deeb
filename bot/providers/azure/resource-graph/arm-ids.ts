/** Longest id that is taken: no ARM id is longer (learn.microsoft.com, "Naming rules and restrictions"). */
const longestId = 2_048

/** An ARM id in the form of the catalog, lower case: ARM compares them so. Undefined for what is no id. */
export function armId(value: string | undefined): string | undefined {
  if (value === undefined || value.length > longestId || !/^\/(subscriptions|providers)\/[^/]/i.test(value))
    return undefined
  // A quote or a control character is in no id: one with it would be read as something else inside a query.
  return /['"\\\u0000-\u001f\u007f]/.test(value) ? undefined : value.toLowerCase().replace(/\/+$/, '')
}

/** The subscription an id stands in; undefined for what belongs to the tenant. */
export const subscriptionOf = (id: string): string | undefined => /^\/subscriptions\/([^/]+)/.exec(id)?.[1]

/** The id of the resource group that a resource stands in, and of its parent where it is a part of another. */
export function wholeOf(id: string): string | undefined {
  const [, group, names] = /^(\/subscriptions\/[^/]+\/resourcegroups\/[^/]+)\/providers\/[^/]+\/(.+)$/.exec(id) ?? []
  if (group === undefined || names === undefined)
    return /^(\/subscriptions\/[^/]+)\/resourcegroups\/[^/]+$/.exec(id)?.[1]
  return names.split('/').length > 2 ? id.split('/').slice(0, -2).join('/') : group
}

/** Whether an id is a subscription, a resource group or a management group: Resource Graph keeps them in a table of their own. */
export const isContainer = (id: string): boolean =>
  /^\/subscriptions\/[^/]+(\/resourcegroups\/[^/]+)?$/.test(id) ||
  /^\/providers\/microsoft\.management\/managementgroups\/[^/]+$/.test(id)
