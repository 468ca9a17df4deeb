import type { Claim, Instant, Ref } from '../../../../skills/kit/model.js'
import { personRef } from '../../../../skills/kit/entity-ids.js'
import type { Fields } from '../../../fields.js'
import { nameAtEnd } from '../events/grid-event.js'
import { armId } from './arm-ids.js'
import { changeRef } from './change-ref.js'
import { isAlertRule } from './alert-rule-types.js'

/** Something that was changed on a resource, as the table ResourceChanges tells it. */
export interface AzureChange {
  ref: Ref
  at: Instant
  /** ARM id in lower case. */
  target: string
  targetType: string
  what: 'Create' | 'Update' | 'Delete'
  /** A mail address, an application's id, or absent. */
  by?: string
  operation?: string
  /** What differs, said shortly: `sku.capacity 4 → 6`. */
  difference?: string
}

/** Correlation of what had none. */
const none = '00000000-0000-0000-0000-000000000000'

/** A row of the table; undefined where it names no resource or no moment. */
export function readChange(row: Fields): AzureChange | undefined {
  const [at, target, what] = [row.instant('t'), armId(row.text('target', 2_049)), row.text('what')]
  if (!at || !target || (what !== 'Create' && what !== 'Update' && what !== 'Delete')) return undefined
  const correlation = row.text('correlation')
  const [by, operation] = [row.text('by'), row.text('operation')]
  const difference = what === 'Update' ? differenceIn(row.object('changes')) : undefined
  const key = correlation && correlation !== none ? correlation : (row.text('id', 2_048) ?? at)
  return {
    ref: changeRef(key, target),
    ...{ at, target, targetType: row.text('targetType') ?? '', what },
    ...(by && { by }),
    ...(operation && { operation }),
    ...(difference && { difference }),
  }
}

/** Most differences that are named. */
const mostNamed = 2

function differenceIn(changes: Fields): string | undefined {
  const paths = changes.names()
  const said = paths.slice(0, mostNamed).map((path) => {
    const { before, after } = valuesOf(changes.object(path))
    return `${path.replace(/^properties\./, '')} ${before} → ${after}`
  })
  if (!said.length) return undefined
  return paths.length > mostNamed ? `${said.join(', ')} and ${paths.length - mostNamed} more` : said.join(', ')
}

const valuesOf = (change: Fields) => ({
  before: change.text('previousValue', 40) ?? 'nothing',
  after: change.text('newValue', 40) ?? 'nothing',
})

const verbs = { Create: 'created', Update: 'changed', Delete: 'deleted' } as const

/**
 * A change as the catalog keeps it.
 * @param service the service that its target is part of, where it is of one
 */
export function claimOfChange(change: AzureChange, service: Ref | undefined): Claim {
  const { ref, at, target, targetType, what, by, operation, difference } = change
  const title = `${nameAtEnd(target)}: ${difference ?? verbs[what]}`
  const mail = by && /^[^\s@]+@[^\s@]+$/.test(by) ? by : undefined
  return {
    ...ref,
    name: title,
    props: { title, what: 'resource', source: 'azure', at, ...(by && { by }), ...(operation && { operation }) },
    relations: [
      ...(service ? [{ type: 'partOf' as const, to: service }] : []),
      ...(isAlertRule(targetType) ? [] : [{ type: 'affects' as const, to: { kind: 'Resource', id: target } }]),
      ...(mail ? [{ type: 'authoredBy' as const, to: personRef(mail) }] : []),
    ],
  }
}
