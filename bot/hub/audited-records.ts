import type { Effect } from '../../skills/kit/effect.js'
import type { Json, Person, Ref } from '../../skills/kit/model.js'
import type { Records } from '../../skills/kit/records.js'
import type { Intent } from '../../skills/kit/reply.js'

/** The note that is being made. */
export interface NoteTurn {
  command: string
  args: Record<string, Json>
  person: Person
  /** Id of the turn. */
  turn: string
}

/** A skill's records as a command of it gets them in a turn; what a note writes comes with a line of the audit log. */
export const recordsOfTurn = (
  records: Records,
  { effect }: { effect: Effect },
  { command, args }: Intent,
  by: Pick<NoteTurn, 'person' | 'turn'>,
): Records => (effect === 'note' ? auditedRecords(records, { command, args, ...by }) : records)

/**
 * A skill's records while it makes a note: the first commit brings a line of the audit log that says who noted what, durable together with
 * it. A skill that writes lines of its own says more, and gets none.
 */
function auditedRecords(records: Records, { command, args, person, turn }: NoteTurn): Records {
  const { id, objectId, name } = person
  const [target] = Object.values(args).flatMap((value) => (isRef(value) ? [value] : []))
  let told = false
  return {
    get: (key) => records.get(key),
    find: (query) => records.find(query),
    async commit(partition, writes) {
      if (told || writes.some(({ op }) => op === 'audit')) return records.commit(partition, writes)
      const by = { id, objectId, name }
      const entry = { action: 'note.made', by, ...(target && { target }), detail: { command, args }, turn }
      await records.commit(partition, [...writes, { op: 'audit', entry }])
      told = true
    },
  }
}

function isRef(value: Json): value is Json & Ref {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const { kind, id } = value
  return typeof id === 'string' && typeof kind === 'string' && kind !== ''
}
