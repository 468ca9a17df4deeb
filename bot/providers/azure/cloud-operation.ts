import type { Json } from '../../../skills/kit/model.js'
import type { CloudRequest } from '../../../skills/kit/ports.js'
import { codeIn, refusalIn, type ArmAnswer, type Refusal } from './cloud-refusals.js'
import { isObject } from './json-object.js'

/**
 * Azure Resource Manager's long-running operations, as a state machine over single answers (learn.microsoft.com, "Track asynchronous Azure
 * operations"). @azure/core-lro is not used: its poller keeps going by itself, throws for what is an answer here, says no percentage, and
 * does not follow a 200 whose body says `Updating`. A run is polled by timers, from any hub, days later.
 */
export interface CloudOperation {
  /**
   * How it is followed: `operation` by a status document (`Azure-AsyncOperation`), `location` by 202 until something else comes, `state`
   * by the resource's own `provisioningState`.
   */
  style: 'operation' | 'location' | 'state'
  /** What is asked next: an absolute address, or with `state` the resource's path and version. */
  url: string
  /** Where the result stands, for a POST that has one. */
  result?: string
  method: CloudRequest['method']
  /** The resource that a write is about, with its version. */
  resource: string
}

/** What an answer comes to: `look` means that the operation has ended and its result is read there. */
export type Turnout =
  | { is: 'done'; body: Json }
  | { is: 'look'; url: string }
  | { is: 'working'; operation: CloudOperation; afterMs: number; progress?: number }
  | { is: 'refused'; refusal: Refusal }
  | { is: 'failed'; code: string }
  | { is: 'unknown' }

/** Seconds until the next question where Azure does not say; within what it says at times. */
const usualWait = 10_000
const longestWait = 300_000

/** Whether an address of an answer may be asked with Nexus's token: Resource Manager itself, or one of its regions. */
export type Trusted = (url: string) => boolean

/** What the first answer to a change comes to. */
export function afterSending(request: CloudRequest, answer: ArmAnswer, trusted: Trusted): Turnout {
  const { status, headers, body } = answer
  if (status >= 400) return refusedOr(answer)
  const resource = `${request.path}?api-version=${request.apiVersion}`
  const { method } = request
  const from = (name: string) => (headers[name] && trusted(headers[name]) ? headers[name] : undefined)
  const document = from('azure-asyncoperation') ?? from('operation-location')
  const location = from('location')
  const afterMs = waitIn(headers)
  if (document)
    return {
      is: 'working',
      operation: { style: 'operation', url: document, method, resource, ...(location && { result: location }) },
      afterMs,
    }
  if (status === 202 && location)
    return { is: 'working', operation: { style: 'location', url: location, method, resource }, afterMs }
  if (isWrite(method)) {
    const operation: CloudOperation = { style: 'state', url: resource, method, resource }
    return status === 202 ? { is: 'working', operation, afterMs } : stateOf(body, operation, afterMs)
  }
  // A 202 that says nowhere to look is no end; nothing but the resource itself and the activity log knows more.
  return status === 202 ? { is: 'unknown' } : { is: 'done', body }
}

/** What the answer to a question about an operation comes to. */
export function afterAsking(operation: CloudOperation, answer: ArmAnswer, trusted: Trusted): Turnout {
  const afterMs = waitIn(answer.headers)
  switch (operation.style) {
    case 'operation':
      return afterDocument(operation, answer, afterMs)
    case 'location':
      return afterLocation(operation, answer, afterMs, trusted)
    case 'state':
      if (answer.status === 404 && operation.method === 'DELETE') return { is: 'done', body: null }
      if (answer.status >= 400) return notSeen(answer)
      return stateOf(answer.body, operation, afterMs)
  }
}

function afterDocument(operation: CloudOperation, answer: ArmAnswer, afterMs: number): Turnout {
  const { status, body } = answer
  // Azure forgets operations after a while; a write is known by its resource even then.
  if (status === 404 && isWrite(operation.method))
    return { is: 'working', operation: { ...operation, style: 'state', url: operation.resource }, afterMs: 0 }
  if (status >= 400) return notSeen(answer)
  if (!isObject(body) || typeof body.status !== 'string') return { is: 'unknown' }
  switch (body.status.toLowerCase()) {
    case 'succeeded':
      if (isWrite(operation.method)) return { is: 'look', url: operation.resource }
      if (isObject(body.properties) && body.properties.output !== undefined)
        return { is: 'done', body: body.properties.output }
      return operation.result ? { is: 'look', url: operation.result } : { is: 'done', body: null }
    case 'failed':
    case 'canceled':
    case 'cancelled':
      return { is: 'failed', code: codeIn(body) ?? body.status }
    default:
      return { is: 'working', operation, afterMs, ...progressIn(body) }
  }
}

function afterLocation(operation: CloudOperation, answer: ArmAnswer, afterMs: number, trusted: Trusted): Turnout {
  const { status, headers, body } = answer
  if (status === 202) {
    const moved = headers.location && trusted(headers.location) ? headers.location : operation.url
    return { is: 'working', operation: { ...operation, url: moved }, afterMs }
  }
  if (status < 300) return { is: 'done', body }
  // The answer of a failed operation is its own, whatever its status; a sign-in or a quota that fails is only the question's.
  const code = codeIn(body)
  return code !== undefined && status < 500 && ![401, 403, 408, 429].includes(status)
    ? { is: 'failed', code }
    : { is: 'unknown' }
}

/** How a resource stands by its own words; one that says nothing of it is ready (ARM RPC, "provisioningState"). */
function stateOf(body: Json, operation: CloudOperation, afterMs: number): Turnout {
  const properties = isObject(body) ? body.properties : undefined
  const state = isObject(properties) ? properties.provisioningState : undefined
  if (typeof state !== 'string' || state.toLowerCase() === 'succeeded') return { is: 'done', body }
  if (['failed', 'canceled', 'cancelled'].includes(state.toLowerCase())) return { is: 'failed', code: state }
  return { is: 'working', operation, afterMs }
}

/** A question that was refused says nothing of the operation, unless what it is about is gone. */
const notSeen = (answer: ArmAnswer): Turnout =>
  answer.status === 404 ? { is: 'failed', code: codeIn(answer.body) ?? 'NotFound' } : { is: 'unknown' }

function refusedOr(answer: ArmAnswer): Turnout {
  const refusal = refusalIn(answer)
  return refusal ? { is: 'refused', refusal } : { is: 'unknown' }
}

const isWrite = (method: CloudRequest['method']): boolean => method === 'PUT' || method === 'PATCH'

function progressIn({ percentComplete }: { [key: string]: Json }): { progress?: number } {
  return typeof percentComplete === 'number' && percentComplete >= 0 && percentComplete <= 100
    ? { progress: percentComplete / 100 }
    : {}
}

/** What `Retry-After` says in milliseconds: Azure gives seconds. */
export function waitIn(headers: ArmAnswer['headers']): number {
  const seconds = Number(headers['retry-after'])
  return Number.isFinite(seconds) && headers['retry-after'] !== undefined
    ? Math.min(longestWait, Math.max(1, seconds) * 1000)
    : usualWait
}
