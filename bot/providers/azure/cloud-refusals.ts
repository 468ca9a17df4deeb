import type { Json } from '../../../skills/kit/model.js'
import { isObject } from './json-object.js'

/** What Azure answered to one request: status, headers by lower-case name, parsed body. */
export interface ArmAnswer {
  status: number
  headers: Readonly<Record<string, string>>
  body: Json
}

/** A definite refusal: the vendor's code, and what it means in a sentence of ours; the vendor's own message is for nobody. */
export interface Refusal {
  code: string
  message: string
  /** It is refused for the moment only, so the same may be sent again. */
  passing: boolean
}

/** Sentences by code, where the code says more than the status (learn.microsoft.com, "Common Azure deployment errors"). */
const byCode: Record<string, string> = {
  AuthorizationFailed: "Nexus's identity lacks the permission for this in Azure.",
  LinkedAuthorizationFailed: "Nexus's identity lacks a permission on something that this refers to.",
  RequestDisallowedByPolicy: 'An Azure Policy forbids it.',
  ScopeLocked: 'A lock on the resource or its group forbids it.',
  QuotaExceeded: 'The quota of the subscription in this region is used up.',
  SkuNotAvailable: 'Azure does not offer this size in this region.',
  SubscriptionNotFound: 'The subscription is not there, or Nexus may not see it.',
  ResourceGroupNotFound: 'Its resource group is not there any more.',
  ResourceNotFound: 'It is not there in Azure any more.',
  DisallowedOperation: 'The subscription does not allow this operation.',
  ReadOnlyDisabledSubscription: 'The subscription is disabled, so it can only be read.',
}

const byStatus: Record<number, string> = {
  400: 'Azure does not take the request: something in it does not fit this resource.',
  401: "Azure does not accept Nexus's sign-in.",
  403: 'Nexus may not do this in Azure.',
  404: 'It is not there in Azure any more.',
  405: 'Azure does not offer this operation for it.',
  409: 'Its present state in Azure does not allow it.',
  412: 'Somebody else changed it in the same moment.',
  413: 'The request is larger than Azure takes.',
  429: 'Azure asks to wait: there were too many requests.',
}

/** Codes of 409 that say that something else is going on, and no more than that. */
const busyCodes = new Set([
  'AnotherOperationInProgress',
  'OperationInProgress',
  'Conflict',
  'ConflictingConcurrentWriteNotAllowed',
  'ConflictingServerOperation',
  'RetryableError',
  'ResourceBusy',
  'ServerBusy',
])

/** The code in an ARM error body (Resource Provider Contract, "Error response"), or undefined where it is none. */
export function codeIn(body: Json): string | undefined {
  const error = isObject(body) ? body.error : undefined
  const code = isObject(error) ? error.code : undefined
  return typeof code === 'string' && /^[\w.-]{1,80}$/.test(code) ? code : undefined
}

/**
 * What a 4xx says for sure, or undefined where nobody knows: a time-out (408), or a body that Resource Manager did not write, such as a
 * proxy's. A 404 and a 429 need no body: whoever says them did not pass the request on.
 */
export function refusalIn({ status, body }: ArmAnswer): Refusal | undefined {
  const code = codeIn(body)
  if (status < 400 || status >= 500 || status === 408) return undefined
  if (code === undefined && status !== 404 && status !== 429) return undefined
  const busy = status === 409 && (code === undefined || busyCodes.has(code))
  return {
    code: code ?? String(status),
    message: busy
      ? 'Azure is busy with another operation on it.'
      : ((code && byCode[code]) ?? byStatus[status] ?? 'Azure refuses the request.'),
    passing: busy || status === 429,
  }
}
