import { randomUUID } from 'node:crypto'
import type { VendorResponse } from '../frame/router.js'

/** A refusal of Microsoft Graph: status, code and message as its error body gives them. */
export class GraphError extends Error {
  override readonly name = 'GraphError'

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

export const badRequest = (message: string): GraphError => new GraphError(400, 'BadRequest', message)
/** A directory object that is not there. */
export const notFound = (id: string): GraphError =>
  new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  )
/** A path that Graph does not have. */
export const noSegment = (path: string): GraphError =>
  new GraphError(
    400,
    'BadRequest',
    `Resource not found for the segment '${path.split('/').find((part) => part !== '') ?? ''}'.`,
  )
/** A query that the directory answers only with `ConsistencyLevel: eventual`, or not at all. */
export const unsupportedQuery = (message: string): GraphError =>
  new GraphError(400, 'Request_UnsupportedQuery', message)

/** The error body (learn.microsoft.com, "Microsoft Graph error responses and resource types"). */
export function errorResponse(error: GraphError, clientRequestId?: string): VendorResponse {
  const id = randomUUID()
  const innerError = {
    date: new Date().toISOString().slice(0, 19),
    'request-id': id,
    'client-request-id': clientRequestId ?? id,
  }
  return {
    status: error.status,
    headers: {
      'request-id': id,
      'client-request-id': clientRequestId ?? id,
      ...(error.status === 401 && {
        'www-authenticate':
          'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
      }),
    },
    body: { error: { code: error.code, message: error.message, innerError } },
  }
}
