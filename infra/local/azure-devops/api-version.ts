import type { VendorRequest } from '../frame/router.js'
import { Refusal } from './answers.js'

/** Versions of Azure DevOps Services: the newest released one, and the one under preview. */
export const versions = { released: '7.1', latest: '7.2' } as const

/**
 * Checks the version a request asks for, in the query or as a parameter of Accept. Reads may leave it out, changes may
 * not. Source: learn.microsoft.com, "REST API versioning" of Azure DevOps.
 */
export function checkVersion({ method, query, headers }: VendorRequest): void {
  const inAccept = /api-version=([^;,\s]+)/i.exec(headers.accept ?? '')?.[1]
  const asked = query['api-version'] ?? inAccept
  if (asked === undefined) {
    if (['GET', 'OPTIONS', 'HEAD'].includes(method)) return
    throw new Refusal(
      400,
      'VssVersionNotSpecifiedException',
      `No api-version was supplied for the "${method}" request. The version must be supplied either as part of the Accept header (e.g. "application/json; api-version=1.0") or as a query parameter (e.g. "?api-version=1.0").`,
    )
  }
  const [, number, preview] = /^(\d+\.\d+|\d+)(-preview(?:\.\d+)?)?$/.exec(asked) ?? []
  if (number === undefined)
    throw new Refusal(400, 'VssInvalidApiVersionException', `The api-version '${asked}' is not a valid version.`)
  if (Number(number) > Number(versions.latest) || Number(number) < 1)
    throw new Refusal(
      400,
      'VssVersionOutOfRangeException',
      `The requested REST API version of ${asked} is out of range for this server. The latest REST API version this server supports is ${versions.latest}.`,
    )
  if (Number(number) > Number(versions.released) && preview === undefined)
    throw new Refusal(
      400,
      'VssInvalidPreviewVersionException',
      `The requested version "${asked}" of the resource is under preview. The -preview flag must be supplied in the api-version for such requests. For example: "${asked}-preview"`,
    )
}
