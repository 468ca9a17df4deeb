import type { Proposals } from '../../../skills/kit/ports.js'
import { permit, useOf } from '../access/permit.js'
import type { Registry } from '../registry.js'
import type { ChangeBook } from './change-book.js'
import type { ChangeData } from './change-data.js'
import type { Permission } from './permission.js'

/** Most proposals that one question answers. */
const most = 100

/** The proposals and runs as skills look at them. */
export function proposalsPort(
  { records }: Pick<ChangeBook, 'records'>,
  permission: Permission,
  registry: Pick<Registry, 'find'>,
): Proposals {
  const shown = ({ change }: ChangeData) => change
  return {
    async get(id) {
      const kept = await records.get(id)
      return kept && shown(kept.data)
    },
    async list({ states, by } = {}) {
      const own = { ...(by !== undefined && { by }), limit: most }
      const lists = await Promise.all(
        (states ?? [undefined]).map((state) => records.list({ ...own, ...(state && { state }) })),
      )
      const number = ({ change }: ChangeData) => Number(change.proposal.id.slice(3))
      return lists
        .flat()
        .sort((a, b) => number(b) - number(a))
        .slice(0, most)
        .map(shown)
    },
    mayDecide: (proposal, person) => permission.mayDecide(proposal, person),
    async mayUndo({ plan: { undo } }, person) {
      if ('impossible' in undo) return { allowed: false, reason: undo.impossible }
      const found = registry.find(undo.command)
      if (!found) return { allowed: false, reason: 'Nexus cannot do what would undo it any more.' }
      return permit({ person, use: useOf(found) })
    },
  }
}
