import { environmentAliases, environmentRef } from '../../../../skills/kit/environment-names.js'
import type { Claim } from '../../../../skills/kit/model.js'
import type { Fields } from '../../../fields.js'

/** The environments that tags name, each once, by the name that most resources use. */
export function claimsOfEnvironments(rows: readonly Fields[]): Claim[] {
  const counts = rows.flatMap((row): [string, number][] => {
    const [name, count] = [row.text('id'), Number(row.text('resources'))]
    return name && Number.isInteger(count) ? [[name, count]] : []
  })
  const found = new Map<string, Claim & { props: { resources: number } }>()
  for (const [name, count] of counts.sort(([a, most], [b, least]) => least - most || (a < b ? -1 : 1))) {
    const ref = environmentRef(name)
    if (!ref.id) continue
    const known = found.get(ref.id)
    if (known) known.props.resources += count
    else found.set(ref.id, { ...ref, name, aliases: environmentAliases(name), props: { resources: count } })
  }
  return [...found.values()]
}
