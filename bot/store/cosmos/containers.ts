/**
 * How Nexus lies in Cosmos DB. A batch is atomic within one logical partition and nowhere else, so what has to be atomic shares one:
 *
 * - `records`, `/tenant,/partition`: a partition of the contract is a logical partition. Beside its records (and tombstones, so that the
 *   change feed tells of deletions) it has its timers, notes of what was enqueued, and entries for the log that wait to be chained.
 *   A commit is one batch here. A `head` document counts the entries and keeps the fences that wrote.
 * - `queues`, `/tenant,/queue`: a queue for each thread of the outbox, whose `line` says who is first and until when it is taken, and the
 *   shards of the inbox. After its batch a commit moves its notes into their threads' lines, before it is answered: hence the order of a
 *   thread. What a crash left behind is moved by whoever claims next. Moving twice is moving once, by the items' ids.
 * - `streams`, `/tenant,/stream`: a stream of the log, in segments after a `head` that is replaced only as it was read, and series.
 *   Waiting entries are chained as notes are moved; a mark of each, in the same batch as the entry, makes chaining twice chaining once.
 * - `leases`, `/name`.
 *
 * Each claim, settlement and chained entry replaces a document as it was read (by etag), so two replicas never need to know of each other.
 * The second level of a key keeps a hot tenant from being one logical partition (20 GB, 10,000 request units a second).
 *
 * Whatever is ordered by is text that was made to be ordered (`order.ts`), so that nothing hangs on the service's collation.
 */
export type ContainerName = 'records' | 'queues' | 'streams' | 'leases'

/** A container as it has to be. */
export interface ContainerDefinition {
  id: ContainerName
  /** Paths of the partition key. */
  paths: string[]
  /** Properties that are searched or ordered by; nothing else is indexed, which is what a write costs. */
  indexed: string[]
}

/** The containers of a store. Times to live are on, for documents that say so; none does by itself. */
export const containerDefinitions: readonly ContainerDefinition[] = [
  {
    id: 'records',
    paths: ['/tenant', '/partition'],
    indexed: ['tenant/?', 'type/?', 'kind/?', 'index/*', 'order/?', 'ready/?', 'waits/?', 'at/?'],
  },
  {
    id: 'queues',
    paths: ['/tenant', '/queue'],
    indexed: [
      'tenant/?',
      'type/?',
      'state/?',
      'order/?',
      'ready/?',
      'settled/?',
      'coalesce/?',
      'partition/?',
      'place/?',
    ],
  },
  { id: 'streams', paths: ['/tenant', '/stream'], indexed: ['tenant/?', 'type/?', 'order/?'] },
  { id: 'leases', paths: ['/name'], indexed: [] },
]

/** A container's definition as the service takes it. */
export const resourceOf = ({ id, paths, indexed }: ContainerDefinition) => ({
  id,
  partitionKey: { paths, kind: paths.length > 1 ? ('MultiHash' as const) : ('Hash' as const), version: 2 },
  indexingPolicy: {
    indexingMode: 'consistent' as const,
    automatic: true,
    includedPaths: indexed.map((path) => ({ path: `/${path}` })),
    excludedPaths: [{ path: '/*' }],
  },
  defaultTtl: -1,
})
