import { randomUUID } from 'node:crypto'
import type { VendorResponse } from './router.js'

/** Why the server itself refuses: a fault in force, or a request that no vendor could read. */
export interface Refusal {
  status: number
  message: string
  /** Seconds. */
  retryAfter?: number
}

type Shape = (refusal: Refusal) => Omit<VendorResponse, 'status'>

/** Code names that Azure's services share (Microsoft REST API guidelines, "Error condition responses"). */
const azureCodes: Record<number, string> = {
  400: 'BadRequest',
  403: 'AuthorizationFailed',
  404: 'NotFound',
  408: 'RequestTimeout',
  409: 'Conflict',
  413: 'RequestEntityTooLarge',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
}
const codeOf = (status: number): string => azureCodes[status] ?? 'UnknownError'

const entra: Shape = ({ status, message }) => {
  const [error, code] = status >= 500 ? ['temporarily_unavailable', 90033] : ['invalid_request', 90014]
  const number = status === 429 ? 90055 : code
  return {
    body: {
      error,
      error_description: `AADSTS${number}: ${message} Trace ID: ${randomUUID()} Correlation ID: ${randomUUID()}`,
      error_codes: [number],
    },
  }
}

const graph: Shape = ({ status, message }) => {
  const id = randomUUID()
  const innerError = { date: new Date().toISOString().slice(0, 19), 'request-id': id, 'client-request-id': id }
  return { headers: { 'request-id': id }, body: { error: { code: codeOf(status), message, innerError } } }
}

const arm: Shape = ({ status, message }) => ({
  headers: { 'x-ms-request-id': randomUUID(), 'x-ms-correlation-request-id': randomUUID() },
  body: { error: { code: status === 400 ? 'InvalidRequestContent' : codeOf(status), message } },
})

/** Quota headers: learn.microsoft.com, "Guidance for throttled requests in Azure Resource Graph". */
const resourceGraph: Shape = (refusal) => {
  if (refusal.status !== 429) return arm(refusal)
  const seconds = refusal.retryAfter ?? 1
  const after = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) =>
    String(Math.floor(part)).padStart(2, '0'),
  )
  const error = { code: 'RateLimiting', message: refusal.message }
  return {
    headers: { 'x-ms-user-quota-remaining': '0', 'x-ms-user-quota-resets-after': after.join(':') },
    body: { error: { ...error, details: [error] } },
  }
}

const github: Shape = ({ status, message, retryAfter = 1 }) => ({
  headers: {
    'x-github-request-id': randomUUID().slice(0, 23).toUpperCase().replaceAll('-', ':'),
    ...(status === 429 && {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + retryAfter),
    }),
  },
  body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
})

const azureDevOps: Shape = ({ message }) => ({
  headers: { activityid: randomUUID() },
  body: {
    $id: '1',
    innerException: null,
    message,
    typeName: 'Microsoft.VisualStudio.Services.Common.VssServiceException, Microsoft.VisualStudio.Services.Common',
    typeKey: 'VssServiceException',
    errorCode: 0,
    eventId: 3000,
  },
})

/** Sub-status 3200: the account's throughput is used up; clients wait as long as they are told in milliseconds. */
const cosmos: Shape = ({ status, message, retryAfter = 1 }) => ({
  headers: {
    'x-ms-activity-id': randomUUID(),
    ...(status === 429 && { 'x-ms-substatus': '3200', 'x-ms-retry-after-ms': String(retryAfter * 1000) }),
  },
  body: { code: codeOf(status), message },
})

const pagerDutyCodes: Record<number, number> = { 400: 2001, 404: 2100, 429: 2020 }
const pagerDuty: Shape = ({ status, message }) => ({
  body: { error: { message, code: pagerDutyCodes[status] ?? 2000 } },
})

const teamsCodes: Record<number, string> = {
  400: 'BadSyntax',
  403: 'BotNotInConversationRoster',
  404: 'ActivityNotFoundInConversation',
  412: 'PreconditionFailed',
  413: 'MessageSizeTooBig',
  429: 'TooManyRequests',
}
const teams: Shape = ({ status, message }) => ({
  body: { error: { code: teamsCodes[status] ?? 'ServiceError', message } },
})

const plain: Shape = ({ message }) => ({ body: { error: message } })

const shapes: Record<string, Shape> = {
  entra,
  graph,
  arm,
  azure: arm,
  'resource-graph': resourceGraph,
  github,
  'azure-devops': azureDevOps,
  cosmos,
  pagerduty: pagerDuty,
  teams,
  botframework: teams,
}

/**
 * A refusal in the form its vendor would give it: body, codes and headers; a form of our own for a name not known here.
 * @param vendor the vendor's name.
 */
export function refuse(vendor: string, refusal: Refusal): VendorResponse {
  const { headers, body } = (shapes[vendor] ?? plain)(refusal)
  const retry = refusal.retryAfter === undefined ? {} : { 'retry-after': String(refusal.retryAfter) }
  return { status: refusal.status, headers: { ...retry, ...headers }, body }
}
