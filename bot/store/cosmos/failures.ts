import { StoreBadInput, StoreError, StoreFull, StoreUnavailable } from '../errors.js'

/** What the SDK's errors have. */
interface Failure {
  /** What a batch's error, which has no code, was made of. */
  cause?: unknown
  code?: number | string
  substatus?: number
  message?: string
}

/** The service's sub-status of a logical partition that has its 20 GB. */
const partitionFull = 1014

/** What an error of Cosmos DB means to the caller of a store; an error of ours comes back as it is. */
export function storeFailure(error: unknown, endpoint: string): unknown {
  if (error instanceof StoreError) return error
  const failure = (error ?? {}) as Failure
  if (failure.code === undefined && failure.cause) return storeFailure(failure.cause, endpoint)
  const { code, substatus, message = '' } = failure
  const said = message.split(/\r?\n/)[0]!.slice(0, 300)
  const unavailable = (text: string) => new StoreUnavailable(text, { cause: error })
  switch (code) {
    case 401:
      return unavailable(
        `Cosmos DB at ${endpoint} does not know who asks: check the identity or the key, and the machine's time`,
      )
    case 403:
      if (substatus === partitionFull)
        return new StoreFull(`a partition of Cosmos DB at ${endpoint} is full: ${said}`, { cause: error })
      return unavailable(
        `Cosmos DB at ${endpoint} does not permit it: give the hub's identity the role "Cosmos DB Built-in Data Contributor" (${said})`,
      )
    case 404:
      return unavailable(
        `the database or a container is not there in Cosmos DB at ${endpoint}: see CONTRIBUTING on making them`,
      )
    case 413:
      return new StoreBadInput(
        'what was to be written is larger than the 2 MB that Cosmos DB takes at once: split it',
        { cause: error },
      )
    case 429:
      return unavailable(`Cosmos DB at ${endpoint} has no request units left: try again, or raise the throughput`)
    case 400:
      return new StoreBadInput(`Cosmos DB refused it: ${said}`, { cause: error })
    default:
      return unavailable(`Cosmos DB at ${endpoint} did not answer (${String(code ?? said)})`)
  }
}
