import { randomUUID } from 'node:crypto'
import type { VendorResponse } from '../frame/router.js'

/** What Cosmos DB answers instead of what was asked. Sub-statuses: learn.microsoft.com/rest/api/cosmos-db/http-status-codes-for-cosmosdb */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly more: { substatus?: number; headers?: Record<string, string>; additionalErrorInfo?: string } = {},
  ) {
    super(message)
  }
}

export const badRequest = (message: string): Refusal => new Refusal(400, 'BadRequest', message)

export const notFound = (what: string): Refusal =>
  new Refusal(404, 'NotFound', `Entity with the specified id does not exist in the system. ${what}`)

export const conflict = (): Refusal =>
  new Refusal(409, 'Conflict', 'Entity with the specified id already exists in the system.')

export const preconditionFailed = (): Refusal =>
  new Refusal(412, 'PreconditionFailed', 'One of the specified pre-condition is not met')

export const tooLarge = (): Refusal => new Refusal(413, 'RequestEntityTooLarge', 'Request size is too large')

/** A refusal as it goes over the wire. */
export function answerRefusal({ status, code, message, more }: Refusal): VendorResponse {
  const activity = randomUUID()
  return {
    status,
    headers: {
      'x-ms-activity-id': activity,
      'x-ms-request-charge': '1',
      ...(more.substatus !== undefined && { 'x-ms-substatus': String(more.substatus) }),
      ...more.headers,
    },
    body: {
      code,
      message: `${message}\r\nActivityId: ${activity}`,
      ...(more.additionalErrorInfo !== undefined && { additionalErrorInfo: more.additionalErrorInfo }),
    },
  }
}
