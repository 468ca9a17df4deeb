import type { Row, Section } from './model.js'

/** Everything that is pressed within a section: its rows, and "and 12 more". */
export function pressesOf<B>(section: Section<B>): B[] {
  const rows = section.kind === 'rows' ? section.rows : section.kind === 'tree' ? section.nodes : []
  return [
    ...rows.flatMap(({ select, buttons = [] }) => [...(select === undefined ? [] : [select]), ...buttons]),
    ...(section.more ? [section.more] : []),
  ]
}

/** A section with something else in place of everything that is pressed; what becomes undefined is no longer pressed. */
export function mapPresses<A, B>(section: Section<A>, change: (press: A) => B | undefined): Section<B> {
  const { title, fold, total, more } = section
  const changed = more && change(more)
  const frame = { title, fold, total, more: changed }
  if (section.kind === 'rows') return { ...frame, kind: 'rows', rows: section.rows.map((row) => mapRow(row, change)) }
  if (section.kind === 'tree')
    return {
      ...frame,
      kind: 'tree',
      nodes: section.nodes.map((node) => ({ ...mapRow(node, change), depth: node.depth })),
    }
  return { ...section, more: changed }
}

const mapRow = <A, B>({ select, buttons, ...row }: Row<A>, change: (press: A) => B | undefined): Row<B> => ({
  ...row,
  select: select === undefined ? undefined : change(select),
  ...(buttons && { buttons: buttons.map(change).filter((press): press is B => press !== undefined) }),
})
