import { ok, type VendorRequest, type VendorResponse } from '../frame/router.js'
import { show, pageOf, type Kind } from './answer-list.js'
import type { DirectoryObject } from './directory.js'
import { GraphError } from './refusals.js'

/**
 * Answers a delta query: at first every object, page by page, then a link that tells what changed since. The directory of a
 * running tenant does not change, so nothing has; of another organisation's or an earlier state a link is refused, and the
 * client has to begin anew.
 * @param generation the organisation's, which the link carries.
 * @param extra what a delta shows besides, such as a group's members.
 */
export function answerDelta(
  request: VendorRequest,
  objects: DirectoryObject[],
  kind: Kind,
  generation: string,
  extra: (object: DirectoryObject) => Record<string, unknown> = () => ({}),
): VendorResponse {
  const { query, url } = request
  const context = `${url.href.split('/v1.0/')[0]}/v1.0/$metadata#${kind.type}s`
  const link = new URL(url)
  link.search = ''
  link.searchParams.set('$deltatoken', generation)
  if (query.$select) link.searchParams.set('$select', query.$select)
  const deltaLink = { '@odata.deltaLink': link.href.replaceAll('%24', '$') }
  const token = query.$deltatoken
  if (token === 'latest' || token === generation) return ok({ '@odata.context': context, ...deltaLink, value: [] })
  if (token !== undefined)
    throw new GraphError(
      410,
      'syncStateNotFound',
      'The sync state generation is not found; continuing needs a full synchronisation.',
    )
  const { page, next } = pageOf(objects, request)
  return ok({
    '@odata.context': context,
    ...(next ? { '@odata.nextLink': next } : deltaLink),
    value: page.map((each) => ({ ...show(each, kind, query), ...extra(each) })),
  })
}
