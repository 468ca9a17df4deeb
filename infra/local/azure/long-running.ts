import { randomUUID } from 'node:crypto'
import type { Services } from '../frame/services.js'
import type { VendorResponse } from '../frame/router.js'
import { ArmRefusal, busy } from './refusals.js'
import type { Operation } from './state.js'
import type { AzureStore } from './store.js'

/** Seconds between polls that the local tenant asks for; the clouds say 10 to 15. */
const retryAfter = '1'
/** Seconds of business time that an operation takes where its entry in the table does not say. */
const usualSeconds = 3
/** Finished operations that are kept, so that a late poll still finds its result. */
const keptOperations = 500

/** The end of an operation that a fault lets go on for ever. */
const never = '9999-12-31T00:00:00.000Z'

/** What an operation does at its end. */
export interface Work {
  /** Gives its output, and throws an `ArmRefusal` to fail. */
  finish(operation: Operation): unknown
  /** Takes back what was begun, when it failed. */
  fail?(operation: Operation): void
}

/** What is known of an operation when it is accepted. */
export type Accepted = Pick<
  Operation,
  'resourceId' | 'work' | 'action' | 'type' | 'operation' | 'style' | 'subscription' | 'caller' | 'body' | 'query'
> &
  Partial<Pick<Operation, 'before' | 'location'>> & { seconds?: number | undefined; version: string }

/** The operations that take time: accepted, polled, ended by business time, resumed after a restart. */
export class LongRunning {
  constructor(
    readonly store: AzureStore,
    readonly services: Services,
    readonly work: Record<Operation['work'], Work>,
  ) {
    for (const operation of this.#running()) this.#schedule(operation)
  }

  #running(): Operation[] {
    return Object.values(this.store.state.operations).filter(({ status }) => status === 'InProgress')
  }

  #schedule(operation: Operation): void {
    const left = Date.parse(operation.ends) - this.store.now().getTime()
    this.services.after(Math.max(0, left), () => this.settle())
  }

  /** Refuses a write while another one on the resource goes on. */
  requireIdle(resourceId: string): void {
    const other = this.#running().find((running) => running.resourceId.toLowerCase() === resourceId.toLowerCase())
    if (other) throw busy(other.id)
  }

  /** Ends every operation whose time is over. Called before each request too, as the clock may have been moved. */
  settle(): void {
    const now = this.store.now().getTime()
    for (const operation of this.#running()) if (Date.parse(operation.ends) <= now) this.#end(operation)
  }

  /** Accepts an operation: keeps it, notes it in the Activity Log and gives the headers that its style has. */
  accept(accepted: Accepted): { operation: Operation; headers: Record<string, string> } {
    const { seconds = usualSeconds, version, location = 'global', ...rest } = accepted
    const now = this.store.now()
    const { fails, endless, later } = this.#course(accepted)
    const operation: Operation = {
      ...rest,
      location,
      id: randomUUID(),
      started: now.toISOString(),
      ends: endless ? never : new Date(now.getTime() + seconds * 1000 + later).toISOString(),
      status: 'InProgress',
      fails,
    }
    this.#forgetOld()
    this.store.state.operations[operation.id] = operation
    this.store.recordActivity({ ...activityOf(operation), status: 'Accepted', statusCode: 'Accepted' })
    this.#schedule(operation)
    return { operation, headers: this.#headers(operation, version) }
  }

  /**
   * How an operation will go: a fault `arm-operation` lets it fail, one with nothing but a delay lets it take so much longer
   * (business time), and `arm-endless` never ends it. A tag `local-fails` on the resource that names the action, the method
   * or `*` lets it fail too.
   */
  #course({ resourceId, action }: Accepted): { fails: boolean; endless: boolean; later: number } {
    const tag = this.store.find(resourceId)?.resource.tags?.['local-fails'] ?? ''
    const tagged = tag.split(/[\s,]+/).some((name) => name === '*' || name.toLowerCase() === action.toLowerCase())
    const { faults } = this.services
    const fault = faults?.strikeNamed(`arm-operation${resourceId}`)
    const slow = fault?.status === undefined && fault?.delayMs
    return {
      fails: tagged || (fault !== undefined && !slow),
      endless: faults?.strikeNamed(`arm-endless${resourceId}`) !== undefined,
      later: fault?.delayMs ?? 0,
    }
  }

  #headers(operation: Operation, version: string): Record<string, string> {
    if (operation.style === 'state') return {}
    const namespace = operation.type.split('/')[0] ?? ''
    const base = `${this.services.base}/arm/subscriptions/${operation.subscription}/providers/${namespace}/locations/${operation.location}`
    const query = `?api-version=${version}`
    const result =
      operation.action.toLowerCase() === 'runcommand' && namespace.toLowerCase() === 'microsoft.containerservice'
        ? `${this.services.base}/arm${operation.resourceId}/commandResults/${operation.id}${query}`
        : `${base}/operationResults/${operation.id}${query}`
    const status = { 'azure-asyncoperation': `${base}/operations/${operation.id}${query}` }
    return { location: result, 'retry-after': retryAfter, ...(operation.style === 'operation' ? status : {}) }
  }

  #end(operation: Operation): void {
    try {
      if (operation.fails)
        throw new ArmRefusal(409, 'OperationFailed', 'The operation failed because of an internal platform error.')
      operation.output = this.work[operation.work].finish(operation)
      operation.status = 'Succeeded'
    } catch (error) {
      if (!(error instanceof ArmRefusal)) throw error
      operation.status = 'Failed'
      operation.error = { code: error.code, message: error.message }
      this.work[operation.work].fail?.(operation)
    }
    operation.body = {} // it may have held a secret
    const outcome = operation.status
    this.store.recordActivity({
      ...activityOf(operation),
      status: outcome,
      statusCode: outcome === 'Succeeded' ? 'OK' : 'Conflict',
      ...(operation.error ? { message: operation.error.message } : {}),
    })
    this.store.changed()
  }

  #forgetOld(): void {
    const ended = Object.values(this.store.state.operations).filter(({ status }) => status !== 'InProgress')
    for (const { id } of ended.slice(0, Math.max(0, ended.length - keptOperations)))
      delete this.store.state.operations[id]
  }

  /** Answers `…/operations/{id}`: the status document. */
  status(id: string, path: string): VendorResponse {
    const { status, started, ends, error, output } = this.#find(id)
    const ended = status === 'InProgress' ? {} : { endTime: ends }
    const body = { id: path, name: id, status, startTime: started, ...ended, ...(error ? { error } : {}) }
    const properties = output === undefined ? {} : { properties: { output } }
    return {
      status: 200,
      headers: status === 'InProgress' ? { 'retry-after': retryAfter } : {},
      body: { ...body, ...properties },
    }
  }

  /** Answers `…/operationResults/{id}`: 202 until it ended, then what the operation gives. */
  result(id: string, url: string): VendorResponse {
    const { status, error, output, work, resourceId } = this.#find(id)
    if (status === 'InProgress') return { status: 202, headers: { location: url, 'retry-after': retryAfter } }
    if (error) return { status: 409, body: { error } }
    const resource = work === 'write' ? this.store.find(resourceId)?.resource : undefined
    const body = output ?? resource
    return body === undefined ? { status: work === 'action' ? 200 : 204 } : { status: 200, body }
  }

  #find(id: string): Operation {
    const operation = this.store.state.operations[id]
    if (!operation) throw new ArmRefusal(404, 'NotFound', `The operation '${id}' was not found.`)
    return operation
  }
}

const activityOf = ({ resourceId, operation, caller }: Operation) => ({ resourceId, operation, caller })
