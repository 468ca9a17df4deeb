import {
  findItem,
  nameOf,
  nextEtag,
  nextRid,
  partitionOf,
  placed,
  seconds,
  type Account,
  type Container,
  type Document,
  type Item,
} from './account.js'
import { effectiveKey } from './effective-key.js'
import { patched } from './patch.js'
import { badRequest, conflict, notFound, preconditionFailed, tooLarge } from './refusal.js'

/** What is asked of one item. */
export interface Operation {
  type: 'Create' | 'Upsert' | 'Replace' | 'Delete' | 'Read' | 'Patch'
  id?: string
  body?: unknown
  ifMatch?: string
  ifNoneMatch?: string
}

/** What became of it. */
export interface Outcome {
  status: number
  charge: number
  etag?: string
  document?: Document
}

/** Bytes of an item at most: 2 MB (learn.microsoft.com/azure/cosmos-db/concepts-limits). */
const mostBytes = 2 * 1024 * 1024
const mostIdBytes = 1023
const mostKeyBytes = 2048

/** Writes of one request, all of one partition key: they share a number, and can be taken back. */
export class Writing {
  readonly #undo: (() => void)[] = []
  readonly #lsn: number
  #step = 0

  constructor(
    readonly account: Account,
    readonly container: Container,
    readonly key: string[],
  ) {
    if (key.some((level) => Buffer.byteLength(level) > mostKeyBytes))
      throw badRequest(`Partition key has a value of more than ${mostKeyBytes} bytes.`)
    const partition = partitionOf(effectiveKey(key))
    const before = container.lsn[partition] ?? 0
    this.#lsn = before + 1
    container.lsn[partition] = this.#lsn
    this.#undo.push(() => (container.lsn[partition] = before))
  }

  /** Forgets that anything was written. */
  takeBack(): void {
    for (const undo of this.#undo.reverse()) undo()
  }

  put(document: Document): Item {
    const { items } = this.container
    const name = nameOf(this.key, document.id)
    const before = items[name]
    items[name] = placed(this.key, document, this.#lsn, this.#step++)
    this.#undo.push(() => (before ? (items[name] = before) : delete items[name]))
    return items[name]
  }

  remove(id: string): void {
    const { items } = this.container
    const name = nameOf(this.key, id)
    const before = items[name]!
    delete items[name]
    this.#undo.push(() => (items[name] = before))
  }
}

/** Does one operation. @throws Refusal */
export function operate(writing: Writing, operation: Operation): Outcome {
  const { account, container, key } = writing
  const id = operation.type === 'Create' || operation.type === 'Upsert' ? idIn(operation.body) : (operation.id ?? '')
  const there = findItem(account, container, key, id)
  if (operation.type === 'Create') {
    if (there) throw conflict()
    return written(201, writing.put(stamped(writing, operation.body, undefined)))
  }
  if (operation.type === 'Upsert' && !there)
    return written(201, writing.put(stamped(writing, operation.body, undefined)))
  if (!there) throw notFound(`id '${id}'`)
  if (operation.ifMatch !== undefined && operation.ifMatch !== '*' && operation.ifMatch !== there.document._etag)
    throw preconditionFailed()
  switch (operation.type) {
    case 'Read':
      return operation.ifNoneMatch !== undefined && operation.ifNoneMatch === there.document._etag
        ? { status: 304, charge: 1, etag: operation.ifNoneMatch }
        : { status: 200, charge: kilobytes(there.document), etag: etagOf(there), document: there.document }
    case 'Delete':
      writing.remove(id)
      return { status: 204, charge: 5.7 }
    case 'Patch':
      return written(200, writing.put(stamped(writing, patched(there.document, operation.body), there)))
    default:
      if (idIn(operation.body) !== id) throw badRequest("The 'id' of the body and that of the address differ.")
      return written(200, writing.put(stamped(writing, operation.body, there)))
  }
}

const written = (status: number, item: Item): Outcome => ({
  status,
  charge: 5.7 * kilobytes(item.document),
  etag: etagOf(item),
  document: item.document,
})

const etagOf = ({ document }: Item): string => String(document._etag)

const kilobytes = (document: Document): number => Math.ceil(Buffer.byteLength(JSON.stringify(document)) / 1024)

function idIn(body: unknown): string {
  const id = typeof body === 'object' && body !== null ? (body as { id?: unknown }).id : undefined
  if (typeof id !== 'string' || id === '' || Buffer.byteLength(id) > mostIdBytes || /[/\\?#]/.test(id))
    throw badRequest(
      `The input name is invalid: 1 to ${mostIdBytes} bytes, without '/', '\\\\', '?' and '#'. It is ${JSON.stringify(id)?.slice(0, 60)}.`,
    )
  return id
}

/** The document as it is kept, with the service's own properties. @throws Refusal where it is too large, too deep, or of another key */
function stamped({ account, container, key }: Writing, body: unknown, before: Item | undefined): Document {
  const own = body as Document
  checkKey(container, key, own)
  if (own.ttl !== undefined && !(Number.isInteger(own.ttl) && (own.ttl === -1 || Number(own.ttl) > 0)))
    throw badRequest(`The ttl is -1 or a positive whole number of seconds, not ${JSON.stringify(own.ttl)}.`)
  if (depthOf(own) > 128) throw badRequest('The document is nested deeper than 128 levels.')
  const document: Document = {
    ...own,
    _rid: String(before?.document._rid ?? nextRid(account)),
    _self: '',
    _etag: nextEtag(account),
    _attachments: 'attachments/',
    _ts: seconds(account.clock),
  }
  if (Buffer.byteLength(JSON.stringify(document)) > mostBytes) throw tooLarge()
  return document
}

function checkKey({ definition }: Container, key: readonly string[], document: Record<string, unknown>): void {
  const own = definition.partitionKey.paths.map((path) => document[path.slice(1)])
  if (own.length === key.length && own.every((value, level) => value === key[level])) return
  throw badRequest(
    "PartitionKey extracted from document doesn't match the one specified in the header. Learn more: https://aka.ms/CosmosDB/sql/errors/wrong-pk-value",
  )
}

const depthOf = (value: unknown): number =>
  typeof value !== 'object' || value === null ? 0 : 1 + Math.max(0, ...Object.values(value).map(depthOf))
