import type { Json } from '../../../skills/kit/model.js'
import type { Plan } from '../../../skills/kit/plan.js'
import type { Moved } from '../../../skills/kit/proposal.js'
import { canonical } from '../canonical.js'

/**
 * What is not as it was when the approval was given, by the label that people read; empty where both bind the same.
 * @param versions of the approval policy, then and now
 */
export function comparePlans(before: Plan, now: Plan, versions: { before: string; now: string }): Moved[] {
  return [
    ...differing('Target', { id: before.target.id }, { id: now.target.id }).map((moved) => ({
      ...moved,
      what: 'Target',
    })),
    ...differing('Parameters', before.args, now.args),
    ...differing('Observed', before.binds, now.binds),
    ...(versions.before === versions.now ? [] : [{ what: 'Approval policy', from: versions.before, to: versions.now }]),
  ]
}

/** The fields in which two values differ; values that have none are compared whole, under `name`. */
function differing(name: string, before: Json, now: Json): Moved[] {
  if (!hasFields(before) || !hasFields(now))
    return canonical(before) === canonical(now) ? [] : [{ what: name, from: before, to: now }]
  const labels = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  return labels.flatMap((what) => {
    const [from, to] = [before[what] ?? null, now[what] ?? null]
    return canonical(from) === canonical(to) ? [] : [{ what, from, to }]
  })
}

const hasFields = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
