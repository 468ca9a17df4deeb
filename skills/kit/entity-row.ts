import type { Row, Text } from '../../cards/model.js'
import { dotted, textProp } from './answer.js'
import type { Entity, Instant } from './model.js'
import type { Catalog } from './ports.js'
import type { Button } from './reply.js'

/** What rows of a list of entities are made with. */
export interface RowWay {
  at?: Instant | undefined
  /** Names the kind of each, where there are several. */
  named?: boolean | undefined
  /** More that is said below the title. */
  detail?: Text | undefined
}

/** An entity as a row of a list: what it is called, where it is and whose, how it stands, and its card behind it. */
export async function entityRow(
  entity: Entity,
  catalog: Pick<Catalog, 'related' | 'kinds'>,
  { at, named, detail }: RowWay = {},
): Promise<Row<Button>> {
  const declared = (await catalog.kinds()).find(({ kind }) => kind === entity.kind)
  const title = textProp(entity, 'title')
  const state = textProp(entity, 'state')
  const looks = state === undefined ? undefined : declared?.properties.state?.looks?.[state.toLowerCase()]
  const below = dotted(
    named ? (declared?.title ?? entity.kind) : undefined,
    title && entity.name,
    textProp(entity, 'environment'),
    await ownerOf(entity, catalog, at),
    detail,
  )
  const ref = { kind: entity.kind, id: entity.id }
  return {
    ...(declared && { icon: declared.icon }),
    ...(looks && { state: looks }),
    title: title ?? entity.name,
    ...(below && { detail: below }),
    ...(state && { end: state }),
    select: {
      title: `Show ${entity.name}`,
      intent: { command: 'catalog.show', args: { entity: ref, ...(at && { at }) } },
    },
  }
}

/** Whose it is by its own word, else by that of what it is part of; undefined where neither says. */
async function ownerOf(
  entity: Entity,
  catalog: Pick<Catalog, 'related'>,
  at: Instant | undefined,
): Promise<string | undefined> {
  const step = { direction: 'out' as const, ...(at && { at }) }
  const owners = await catalog.related(entity, { ...step, type: 'ownedBy' })
  const [whole] = owners.length ? [] : await catalog.related(entity, { ...step, type: 'partOf' })
  const inherited = whole ? await catalog.related(whole.entity, { ...step, type: 'ownedBy' }) : []
  const names = [...new Set([...owners, ...inherited].map((one) => one.entity.name))]
  return names.length ? names.slice(0, 2).join(', ') : undefined
}
