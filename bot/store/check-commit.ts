import { StoreBadInput } from './errors.js'
import { checkName, checkScalar, checkSize, checkWord, limits, moment } from './limits.js'
import type { Scalar, Write } from './contract.js'
import { canonicalJsonText, jsonText } from './json.js'

/**
 * Checks what a commit asks, before anything of it is written.
 * @returns the data of each write as JSON text (in canonical form for the log, empty where it has none), and how many bytes they have
 * @throws StoreBadInput
 */
export function checkCommit(partition: string, writes: readonly Write[]): { texts: string[]; bytes: number } {
  checkName('the partition', partition)
  if (writes.length > limits.commitWrites)
    throw new StoreBadInput(`a commit has at most ${limits.commitWrites} writes, this one ${writes.length}: split it`)
  refuseTwice(writes)
  const texts = writes.map((write) => textOf(write, partition))
  const bytes = checkSize(`the commit to partition ${partition}`, texts)
  writes.forEach(checkWrite)
  return { texts, bytes }
}

function textOf(write: Write, partition: string): string {
  if (!('data' in write)) return ''
  const toText = write.op === 'audit' ? canonicalJsonText : jsonText
  return toText(write.data, subjectOf(write, partition))
}

function checkWrite(write: Write): void {
  if (write.op === 'audit') return checkName('the stream', write.stream)
  checkName(`the id of a ${write.op}`, write.id)
  if (write.op === 'put' || write.op === 'delete') checkWord('the kind', write.kind)
  if (write.op === 'put') checkIndex(write.index ?? {})
  if (write.op === 'put' && write.ifMatch !== undefined && write.ifAbsent)
    throw new StoreBadInput(`the put of ${write.kind}/${write.id} wants the record both as it was read and absent`)
  if (write.op === 'set-timer') moment(`the due time of timer ${write.id}`, write.due)
  if (write.op === 'enqueue') {
    checkName('the thread', write.thread)
    if (write.coalesce !== undefined) checkName('the coalesce key', write.coalesce)
    if (write.notBefore !== undefined) moment(`notBefore of item ${write.id}`, write.notBefore)
  }
}

function checkIndex(index: Record<string, Scalar>): void {
  const fields = Object.entries(index)
  if (fields.length > limits.indexFields)
    throw new StoreBadInput(`a record has at most ${limits.indexFields} indexed fields`)
  for (const [name, value] of fields) {
    checkWord('an indexed field', name)
    checkScalar(`the indexed field ${name}`, value)
  }
}

function refuseTwice(writes: readonly Write[]): void {
  const seen = new Set<string>()
  for (const write of writes) {
    if (write.op === 'audit') continue
    const [type, kind] = 'kind' in write ? ['record', write.kind] : [write.op.replace(/^\w+-/, ''), '']
    const name = JSON.stringify([type, kind, write.id])
    if (seen.has(name)) throw new StoreBadInput(`a commit names ${type} ${kind}/${write.id} twice`)
    seen.add(name)
  }
}

/** What a write is about, for errors. */
export function subjectOf(write: Write, partition: string): string {
  if (write.op === 'audit') return `the audit entry for ${write.stream}`
  const name = 'kind' in write ? `record ${write.kind}/${write.id}` : `${write.op} ${write.id}`
  return `${name} in partition ${partition}`
}
