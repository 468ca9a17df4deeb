import { z } from 'zod/v4'
import type { Handler, VendorRequest, VendorResponse } from '../frame/router.js'
import { badRequest } from './refusals.js'

/** learn.microsoft.com, "Combine multiple HTTP requests using JSON batching". */
const mostRequests = 20

const Batch = z.object({
  requests: z.array(
    z.object({
      id: z.string().min(1),
      method: z.string(),
      url: z.string().min(1),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional(),
      dependsOn: z.array(z.string()).optional(),
    }),
  ),
})
type Step = z.output<typeof Batch>['requests'][number]
type Answer = { id: string } & VendorResponse

/**
 * Runs the requests of a batch one after the other, each as if it had come by itself with the batch's token. What depends on a
 * failed one fails with 424.
 */
export async function answerBatch(request: VendorRequest, handle: Handler): Promise<VendorResponse> {
  const steps = readBatch(request.body)
  const answers: Answer[] = []
  for (const step of steps) {
    const failed = step.dependsOn?.some((id) => (answers.find((answer) => answer.id === id)?.status ?? 500) >= 400)
    answers.push({ id: step.id, ...(failed ? failedDependency : shown(await handle(inner(request, step)))) })
  }
  return { status: 200, body: { responses: answers } }
}

function readBatch(body: unknown): Step[] {
  const batch = Batch.safeParse(body)
  if (!batch.success) throw badRequest('Invalid batch payload format: give { requests: [{ id, method, url }] }.')
  const steps = batch.data.requests
  if (steps.length > mostRequests)
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${mostRequests}.`)
  steps.forEach(({ id, method, body: content, headers, dependsOn = [] }, at) => {
    const before = steps.slice(0, at).map((step) => step.id)
    if (before.includes(id)) throw badRequest(`Request id '${id}' was used twice; each must be unique.`)
    const unknown = dependsOn.find((other) => !before.includes(other))
    if (unknown !== undefined)
      throw badRequest(`Request '${id}' depends on '${unknown}', which is not among the requests before it.`)
    if (
      content !== undefined &&
      method !== 'GET' &&
      !Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'content-type')
    )
      throw badRequest(`Write request '${id}' does not contain a Content-Type header.`)
  })
  return steps
}

const failedDependency: VendorResponse = {
  status: 424,
  body: { error: { code: 'FailedDependency', message: 'A request that this one depends on has failed.' } },
}

/** One step as a request below `/v1.0`. */
function inner(outer: VendorRequest, step: Step): VendorRequest {
  const base = outer.url.href.replace(/\/(\$|%24)batch.*$/i, '')
  const path = pathOf(base, step.url)
  if (path === undefined)
    throw badRequest(`The url '${step.url}' of request '${step.id}' is not relative to the version, such as /users.`)
  const headers = Object.entries(step.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])
  const url = new URL(base + step.url)
  return {
    ...outer,
    method: step.method.toUpperCase(),
    path,
    url,
    query: Object.fromEntries([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value])),
    headers: { ...Object.fromEntries(headers), authorization: outer.headers.authorization ?? '' },
    body: step.body,
    raw: Buffer.alloc(0),
  }
}

function pathOf(base: string, url: string): string | undefined {
  if (!url.startsWith('/') || !URL.canParse(base + url)) return undefined
  try {
    return decodeURIComponent(new URL(base + url).pathname.slice(new URL(base).pathname.length)).replace(/\/+$/, '')
  } catch {
    return undefined // not valid percent-encoding
  }
}

/** Bytes travel in base64. */
function shown({ status, headers = {}, body }: VendorResponse): VendorResponse {
  const type = Buffer.isBuffer(body) || typeof body === 'string' ? {} : { 'Content-Type': 'application/json' }
  return {
    status,
    headers: { ...type, ...headers },
    ...(body !== undefined && { body: Buffer.isBuffer(body) ? body.toString('base64') : body }),
  }
}
