import type { VendorResponse } from '../frame/router.js'

/** A request that Azure Resource Manager refuses: status, code and message of its error body. */
export class ArmRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly more: { target?: string; headers?: Record<string, string>; details?: object[] | null } = {},
  ) {
    super(message)
  }

  /** The answer, in the error form of the Resource Provider Contract. */
  response(): VendorResponse {
    const { target, headers = {}, details } = this.more
    const error = {
      ...{ code: this.code, message: this.message },
      ...(target && { target }),
      ...(details !== undefined && { details }),
    }
    return { status: this.status, headers: { ...headers, 'x-ms-failure-cause': 'gateway' }, body: { error } }
  }
}

export const subscriptionNotFound = (id: string): ArmRefusal =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
    ? new ArmRefusal(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`)
    : new ArmRefusal(
        400,
        'InvalidSubscriptionId',
        `The provided subscription identifier '${id}' is malformed or invalid.`,
      )

export const subscriptionForbidden = (id: string): ArmRefusal =>
  new ArmRefusal(
    403,
    'AuthorizationFailed',
    `The client does not have authorization to perform action 'Microsoft.Resources/subscriptions/read' over scope '/subscriptions/${id}' or the scope is invalid.`,
  )

export const groupNotFound = (name: string): ArmRefusal =>
  new ArmRefusal(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`)

/** @param path type and names as Azure joins them: `Microsoft.Web/sites/checkout`. */
export const resourceNotFound = (path: string, group: string | undefined): ArmRefusal =>
  new ArmRefusal(
    404,
    'ResourceNotFound',
    `The Resource '${path}' ${group ? `under resource group '${group}' ` : ''}was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  )

export const parentNotFound = (type: string, parent: string): ArmRefusal =>
  new ArmRefusal(
    404,
    'ParentResourceNotFound',
    `Failed to perform 'write' on resource(s) of type '${type}', because the parent resource '${parent}' could not be found.`,
  )

export const namespaceNotFound = (namespace: string): ArmRefusal =>
  new ArmRefusal(404, 'InvalidResourceNamespace', `The resource namespace '${namespace}' is invalid.`)

export const typeNotFound = (namespace: string, type: string, version: string, known: string[]): ArmRefusal =>
  new ArmRefusal(
    404,
    'InvalidResourceType',
    `The resource type '${type}' could not be found in the namespace '${namespace}' for api version '${version}'. The supported resource types are '${known.join(', ')}'.`,
  )

export const missingVersion = (): ArmRefusal =>
  new ArmRefusal(
    400,
    'MissingApiVersionParameter',
    'The api-version query parameter (?api-version=) is required for all requests.',
  )

/** For operations of Resource Manager itself. */
export const invalidVersion = (version: string, supported: string[]): ArmRefusal =>
  new ArmRefusal(
    400,
    'InvalidApiVersionParameter',
    `The api-version '${version}' is invalid. The supported versions are '${supported.join(',')}'.`,
  )

/** For operations of a resource provider. */
export const versionNotRegistered = (type: string, version: string, supported: string[]): ArmRefusal =>
  new ArmRefusal(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for location '' and API version '${version}' for type '${type}'. The supported api-versions are '${supported.join(', ')}'.`,
  )

export const methodNotAllowed = (method: string): ArmRefusal =>
  new ArmRefusal(405, 'MethodNotAllowed', `The requested resource does not support http method '${method}'.`)

export const noSuchUri = (uri: string): ArmRefusal =>
  new ArmRefusal(404, 'NotFound', `No HTTP resource was found that matches the request URI '${uri}'.`)

export const invalidContent = (why: string): ArmRefusal =>
  new ArmRefusal(
    400,
    'InvalidRequestContent',
    `The request content was invalid and could not be deserialized: '${why}'.`,
  )

/** A property that must be there and is not, in the words of its provider. */
export function missingProperty(type: string, path: string): ArmRefusal {
  if (path === 'location')
    return new ArmRefusal(400, 'LocationRequired', 'The location property is required for this definition.')
  const target = path.replaceAll('|', ' or ')
  if (type.startsWith('Microsoft.Compute/'))
    return new ArmRefusal(400, 'InvalidParameter', `Required parameter '${target}' is missing (null).`, { target })
  if (type.startsWith('Microsoft.Sql/'))
    return new ArmRefusal(400, 'MissingRequiredParameter', `The required parameter '${target}' is missing.`, { target })
  if (type.startsWith('Microsoft.ApiManagement/service/'))
    return notValid(path.split('.').at(-1)!, `${capital(path.split('.').at(-1)!)} is required.`)
  if (type.startsWith('Microsoft.Storage/'))
    return new ArmRefusal(400, 'MissingRequiredParameter', `Required parameter ${target} is missing (null).`, {
      target,
    })
  return invalidContent(`Required property '${target}' not found in JSON. Path ''.`)
}

/** What API Management says of a property that it does not take. */
export const notValid = (target: string, message: string): ArmRefusal =>
  new ArmRefusal(400, 'ValidationError', 'One or more fields contain incorrect values:', {
    details: [{ code: 'ValidationError', target, message }],
  })

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A condition on an ETag that did not hold. */
export const preconditionFailed = (current: string): ArmRefusal =>
  new ArmRefusal(
    412,
    'PreconditionFailed',
    `The condition in the If-Match or If-None-Match header was not satisfied. The current ETag is '${current}'.`,
  )

export const busy = (operation: string): ArmRefusal =>
  new ArmRefusal(
    409,
    'AnotherOperationInProgress',
    `Another operation on this or dependent resource is in progress. To retrieve status of the operation use its id: ${operation}.`,
  )

export const locked = (scope: string, locks: string[]): ArmRefusal =>
  new ArmRefusal(
    409,
    'ScopeLocked',
    `The scope '${scope}' cannot perform delete operation because following scope(s) are locked: '${locks.join(',')}'. Please remove the lock and try again.`,
  )
