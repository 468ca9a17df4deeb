import type { Row, Text } from '../../cards/model.js'
import { answer, count, dotted, sourceOf } from '../kit/answer.js'
import type { Range } from '../kit/arguments.js'
import type { EntityChange } from '../kit/catalog/catalog.js'
import type { KindDeclaration } from '../kit/catalog/kind-declaration.js'
import { relationTypes } from '../kit/catalog/relation-types.js'
import { printFilter } from '../kit/catalog/print-filter.js'
import type { Entity, Json, Ref } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply } from '../kit/reply.js'
import { scopeFilter } from './scope-filter.js'

/** Most changes that are asked for, and most that are seen. */
const mostAsked = 100
const mostShown = 12

/** Says what became different of a thing and all that belongs to it in a stretch of time, the newest first. */
export async function showChanges(scope: Entity, { from, to }: Range, { catalog }: Turn<'catalog'>): Promise<Reply> {
  const filter = scopeFilter(scope)
  const changes = await catalog.changed({ filter, from, to, limit: mostAsked })
  const kinds = await catalog.kinds()
  const ends = new Map(
    await Promise.all(relationsIn(changes).map(async (ref) => [keyOf(ref), await nameOf(ref)] as const)),
  )
  const query = `changed from ${from} to ${to}: ${printFilter(filter)}`
  const things = new Set(changes.map(({ ref }) => keyOf(ref))).size
  const full = changes.length === mostAsked
  const card: CardBody = {
    state: 'accent',
    icon: 'document',
    topic: 'Changed',
    title: scope.name,
    status: changes.length ? `${count(changes.length, 'change')}${full ? ' or more' : ''}` : 'nothing',
    sentence: [
      changes.length
        ? `${count(changes.length, 'change')} of ${count(things, 'thing')} of ${scope.name} from `
        : `Nothing of ${scope.name} changed from `,
      { time: from },
      ' to ',
      { time: to },
      '.',
    ],
    ...(changes.length && {
      sections: [
        {
          kind: 'rows',
          rows: changes.slice(0, mostShown).map((one) => rowOf(one, kinds, ends)),
          ...(changes.length > mostShown && { total: changes.length }),
        },
      ],
    }),
  }
  const { kind, id, name } = scope
  const show: Button = { title: `Show ${name}`, intent: { command: 'catalog.show', args: { entity: { kind, id } } } }
  const said = new Set(changes.map(({ source }) => source))
  const sources = (await catalog.sources()).filter(({ source }) => !said.size || said.has(source))
  return answer(card, { sources: sources.flatMap((state) => sourceOf(state, query)), buttons: [show] })

  async function nameOf(ref: Ref): Promise<string> {
    return (await catalog.get(ref))?.name ?? ref.id.split('/').at(-1)!
  }
}

const keyOf = ({ kind, id }: Ref): string => `${kind}/${id}`

/** What relations that changed lead to, each once. */
const relationsIn = (changes: readonly EntityChange[]): Ref[] => [
  ...new Map(changes.flatMap(({ what }) => ('relation' in what ? [[keyOf(what.to), what.to] as const] : []))).values(),
]

function rowOf(
  { ref, name, at, source, what }: EntityChange,
  kinds: readonly KindDeclaration[],
  ends: ReadonlyMap<string, string>,
): Row<Button> {
  const declared = kinds.find(({ kind }) => kind === ref.kind)
  return {
    ...(declared && { icon: declared.icon }),
    title: name,
    detail: dotted(declared?.title ?? ref.kind, sayWhat(what, declared, ends), source) ?? source,
    end: [{ ago: at }],
    select: { title: `Show ${name}`, intent: { command: 'catalog.show', args: { entity: { ...ref } } } },
  }
}

function sayWhat(
  what: EntityChange['what'],
  declared: KindDeclaration | undefined,
  ends: ReadonlyMap<string, string>,
): Text {
  if ('created' in what) return 'new'
  if ('deleted' in what) return 'gone'
  if ('relation' in what) return `${relationTypes[what.relation].title}: ${ends.get(keyOf(what.to))} ${what.now}`
  const title = declared?.properties[what.property]?.title ?? common.get(what.property) ?? what.property
  return `${title}: ${sayValue(what.before)} → ${sayValue(what.after)}`
}

/** What everything has, of any kind. */
const common = new Map([
  ['name', 'Name'],
  ['aliases', 'Other names'],
])

/** A value in a few words; long ones are cut, what is no plain value is only said to be there. */
function sayValue(value: Json | undefined): string {
  if (value === undefined || value === null || value === '') return 'none'
  if (Array.isArray(value))
    return value.every((one) => typeof one !== 'object') ? cut(value.join(', ')) : count(value.length, 'item')
  return typeof value === 'object' ? count(Object.keys(value).length, 'value') : cut(String(value))
}

const cut = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)
