import { sessionToken, partitionOf, type Account, type Container } from './account.js'
import { effectiveKey } from './effective-key.js'
import type { VendorRequest, VendorResponse } from '../frame/router.js'
import { operate, Writing, type Operation, type Outcome } from './items.js'
import { badRequest, Refusal, tooLarge } from './refusal.js'

const types = ['Create', 'Upsert', 'Replace', 'Delete', 'Read', 'Patch'] as const
const mostOperations = 100
const mostBytes = 2 * 1024 * 1024

/** An operation as it is sent; other properties are refused. */
interface Sent {
  operationType: Operation['type']
  id?: string
  resourceBody?: unknown
  ifMatch?: string
  ifNoneMatch?: string
}

/**
 * A transactional batch: all of its operations within one whole partition key, or none. Where one fails the others answer 424.
 * @throws Refusal where the batch itself is malformed
 */
export function runBatch(
  account: Account,
  container: Container,
  key: string[],
  request: VendorRequest,
): VendorResponse {
  if (request.headers['x-ms-cosmos-batch-atomic']?.toLowerCase() !== 'true')
    throw badRequest('The stand-in runs transactional batches only.')
  if (request.raw.length > mostBytes) throw tooLarge()
  const operations = readOperations(request.body)
  const writing = new Writing(account, container, key)
  const outcomes: Outcome[] = []
  let failed: Refusal | undefined
  try {
    for (const operation of operations) outcomes.push(operate(writing, operation))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    failed = error
    writing.takeBack()
  }
  if (!failed) account.state.changed()
  const charge = outcomes.reduce((sum, outcome) => sum + outcome.charge, 1)
  const headers = {
    'x-ms-request-charge': charge.toFixed(2),
    'x-ms-session-token': sessionToken(container, partitionOf(effectiveKey(key))),
  }
  if (failed) {
    const at = outcomes.length
    const results = operations.map((_, n) => ({
      statusCode: n === at ? failed.status : 424,
      requestCharge: 0,
      ...(n === at && failed.more.substatus !== undefined && { subStatusCode: failed.more.substatus }),
    }))
    return { status: 207, headers, body: results }
  }
  const results = outcomes.map(({ status, charge: requestCharge, etag, document }) => ({
    statusCode: status,
    requestCharge,
    ...(etag !== undefined && { eTag: etag }),
    ...(document !== undefined && { resourceBody: document }),
  }))
  return { status: 200, headers, body: results }
}

function readOperations(body: unknown): Operation[] {
  if (!Array.isArray(body) || body.length === 0) throw badRequest('A batch has at least one operation.')
  if (body.length > mostOperations) throw badRequest(`A batch has at most ${mostOperations} operations.`)
  return (body as Sent[]).map(({ operationType: type, id, resourceBody, ifMatch, ifNoneMatch, ...rest }) => {
    if (!types.includes(type) || Object.keys(rest).length > 0)
      throw badRequest(`The stand-in knows no batch operation ${JSON.stringify({ operationType: type, ...rest })}.`)
    return {
      type,
      body: resourceBody,
      ...(id !== undefined && { id }),
      ...(ifMatch !== undefined && { ifMatch }),
      ...(ifNoneMatch !== undefined && { ifNoneMatch }),
    }
  })
}
