import type { Filter } from '../../../skills/kit/catalog/filter.js'
import { kindsBehind } from '../../../skills/kit/catalog/asked-kinds.js'
import { everything } from '../../../skills/kit/catalog/filter.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import { asAskedOf, disputed, unowned } from '../../../skills/kit/catalog/ownership-filters.js'
import { usualEnvironment } from '../../../skills/kit/environment-names.js'
import { readRegion } from '../../../skills/kit/azure-regions.js'
import { readSeverity } from '../read-severity.js'
import { askable, wordsAt, type Asking, type Part } from './asking.js'
import { stepBetween } from './steps.js'

const out = (type: Extract<Filter, { step: unknown }>['step']['type'], direction: 'out' | 'in' = 'out'): Filter => ({
  step: { type, direction },
  of: everything,
})

/** What is said of who owns a thing; it is no value of a property. */
export const ownerships: ReadonlyMap<string, Filter> = new Map([
  ...['unowned', 'ownerless', 'orphaned', 'orphan'].map((word) => [word, unowned] as const),
  ...['disputed', 'contested'].map((word) => [word, disputed] as const),
])

/** Adjectives that say something of relations or tags, and which property or relation a kind must have for them. */
const adjectives: Readonly<Record<string, { needs: string; filter: Filter }>> = {
  untagged: { needs: 'tags', filter: { property: 'tags', missing: true } },
  tagged: { needs: 'tags', filter: { not: { property: 'tags', missing: true } } },
  unassigned: { needs: 'assignedTo', filter: { not: out('assignedTo') } },
  unreviewed: { needs: 'reviewBy', filter: { not: out('reviewBy') } },
  unused: { needs: 'dependsOn', filter: { not: out('dependsOn', 'in') } },
  unmonitored: { needs: 'watches', filter: { not: out('watches', 'in') } },
  unwatched: { needs: 'watches', filter: { not: out('watches', 'in') } },
  undocumented: { needs: 'documents', filter: { not: out('documents', 'in') } },
  vulnerable: { needs: 'vulnerabilities', filter: { property: 'vulnerabilities', is: '>', value: 0 } },
  failing: { needs: 'state', filter: { property: 'state', is: '=', value: 'failed' } },
  broken: { needs: 'state', filter: { property: 'state', is: '=', value: 'failed' } },
  succeeding: { needs: 'state', filter: { property: 'state', is: '=', value: 'succeeded' } },
  healthy: { needs: 'state', filter: { property: 'state', is: '=', value: 'Available' } },
  unhealthy: { needs: 'state', filter: { property: 'state', in: ['Degraded', 'Unavailable'] } },
  disabled: { needs: 'enabled', filter: { property: 'enabled', is: '=', value: false } },
  inactive: { needs: 'enabled', filter: { property: 'enabled', is: '=', value: false } },
  unprotected: { needs: 'protected', filter: { property: 'protected', is: '=', value: false } },
  drifted: { needs: 'drift', filter: { not: { property: 'drift', missing: true } } },
}

/** What "open" means of kinds that have no such state. */
const stillOpen: Readonly<Record<string, Filter>> = {
  Incident: { not: { property: 'state', in: ['resolved', 'merged'] } },
  WorkItem: { property: 'closed', missing: true },
  Proposal: { property: 'state', is: '=', value: 'waiting' },
}

const languages = 'python java javascript typescript go ruby rust kotlin swift scala php elixir c# f# c++'.split(' ')

/** What words say a thing is, by a value of one of its properties: "production", "critical", "sev 1", "open to the internet". */
export function valueAt(asking: Asking, at: number, kind: KindDeclaration): Part | undefined {
  const { words, spoken } = asking
  const word = words[at] ?? ''
  const ownership = kind.ownable && ownerships.get(word)
  if (ownership) return { filter: asAskedOf(kind, asking.kinds, ownership), next: at + 1 }
  for (const width of [4, 3, 2, 1]) {
    const said = wordsAt(words, at, width)
    const filter = said === undefined ? undefined : (declaredValue(said, kind) ?? placeValue(said, kind, asking))
    if (filter) return { filter, next: at + width }
  }
  const adjective = Object.hasOwn(adjectives, word) ? adjectives[word]! : undefined
  if (adjective && fits(adjective, kind, asking.kinds)) return { filter: adjective.filter, next: at + 1 }
  if (word === 'open' && stillOpen[kind.kind]) return { filter: stillOpen[kind.kind]!, next: at + 1 }
  if (word === 'closed' && kind.kind === 'WorkItem') return { filter: { not: stillOpen['WorkItem']! }, next: at + 1 }
  const ahead = word === 'expired' ? 'expires' : word === 'overdue' ? 'due' : undefined
  if (ahead && spoken && kind.properties[ahead]?.type === 'instant')
    return { filter: { property: ahead, is: '<', value: spoken.now }, next: at + 1 }
  return undefined
}

/** Whether a kind has the property or relation, and the value where it declares its values. */
function fits(
  { needs, filter }: { needs: string; filter: Filter },
  kind: KindDeclaration,
  kinds: readonly KindDeclaration[],
): boolean {
  const step = 'not' in filter && 'step' in filter.not ? filter.not.step : undefined
  if (step) return kindsBehind(step, [kind], kinds).length > 0
  const property = kind.properties[needs]
  const values = 'in' in filter ? filter.in : 'is' in filter ? [filter.value] : []
  return property !== undefined && values.every((value) => !property.values || property.values.includes(String(value)))
}

function declaredValue(said: string, kind: KindDeclaration): Filter | undefined {
  for (const [property, { type, title, values = [], says = [] }] of askable(kind)) {
    const severity = property === 'severity' && /\d/.test(said) ? readSeverity(said) : undefined
    const value = values.find((one) => one.toLowerCase() === said || one.toLowerCase() === severity)
    if (value !== undefined) return { property, is: '=', value }
    if (type === 'boolean' && [property, title, ...says].some((one) => withoutThe(one) === said))
      return { property, is: '=', value: true }
    if (property === 'language' && !values.length && languages.includes(said)) return { property, is: '=', value: said }
  }
  return undefined
}

/** Small words are passed over wherever they stand: "open to the internet" is heard as "open to internet". */
const withoutThe = (text: string): string => text.toLowerCase().replace(/\b(?:the|an?) /g, '')

/** An environment or a region: of what has none itself that of what it runs in, or of its resources. */
function placeValue(said: string, kind: KindDeclaration, { kinds, names }: Asking): Filter | undefined {
  const environment = usualEnvironment(said)
  if (environment !== undefined && kind.properties.environment?.usually === 'environment')
    return { property: 'environment', is: '=', value: environment }
  const [found] = kind.relations.runsIn?.includes('Environment') ? names.find(said, ['Environment']) : []
  if (found && found.certainty >= 0.9 && (environment !== undefined || found.certainty === 1))
    return {
      step: { type: 'runsIn', direction: 'out' },
      of: { all: [{ kinds: ['Environment'] }, { property: 'id', is: '=', value: found.ref.id }] },
    }
  const region = readRegion(said)
  if (region === undefined) return undefined
  const test: Filter = { property: 'region', is: '=', value: region }
  if (kind.properties.region) return test
  const resource = kinds.find((one) => one.kind === 'Resource')
  const step = resource && kind.kind !== 'Resource' ? stepBetween(kind, resource, kinds, ['partOf']) : undefined
  return step && { step, of: { all: [{ kinds: ['Resource'] }, test] } }
}

/** The same property with another value: "production or staging" is one of both. */
export function joinedValues(first: Filter, second: Filter): Filter | undefined {
  const [ours, theirs] = [first, second].map((one) =>
    'is' in one && one.is === '='
      ? { property: one.property, values: [one.value] }
      : 'in' in one
        ? { property: one.property, values: one.in }
        : undefined,
  )
  if (ours && theirs && ours.property === theirs.property)
    return { property: ours.property, in: [...ours.values, ...theirs.values] }
  const areSteps = 'step' in first && 'step' in second && first.step.type === second.step.type
  return areSteps ? { any: [first, second] } : undefined
}
