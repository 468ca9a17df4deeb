/** What of API Management an ARM id names: the API, or else the service, of which all may be different. */
const place =
  /^(\/subscriptions\/[^/]+\/resourcegroups\/[^/]+)(?:\/providers)?(\/microsoft\.apimanagement\/service\/[^/]+)(\/.*)?$/

/**
 * What is to be read anew because something below an ARM id was written: `…/apis/orders;rev=2/operations/list` is about the API `orders`,
 * `…/products/partners/apis/orders` too, and anything else about the whole service. Pure.
 * @param id of any form and case; events have it also without `/providers`
 * @returns the ARM id in lower case of an API or a service; undefined for what is neither
 */
export function touchedBy(id: string): string | undefined {
  const [, group, service, rest = ''] = place.exec(id.toLowerCase()) ?? []
  if (group === undefined || service === undefined || id.length > longest) return undefined
  const whole = `${group}/providers${service}`
  const api = /^\/(?:products\/[^/]+\/)?apis\/([^/;]+)/.exec(rest)?.[1]
  return api === undefined ? whole : `${whole}/apis/${api}`
}

/** No ARM id is longer. */
const longest = 2_048
