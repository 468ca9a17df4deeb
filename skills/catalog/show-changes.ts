import type { Row, Text } from '../../cards/model.js'
import { answer, count, dotted, fact, sourceOf } from '../kit/answer.js'
import type { Range } from '../kit/arguments.js'
import type { EntityChange } from '../kit/catalog/catalog.js'
import type { KindDeclaration } from '../kit/catalog/kind-declaration.js'
import { relationTypes } from '../kit/catalog/relation-types.js'
import { printFilter } from '../kit/catalog/print-filter.js'
import { groupBy } from '../kit/group-by.js'
import type { Entity, Json, Ref } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply } from '../kit/reply.js'
import { lowered } from './noun-of.js'
import { scopeFilter } from '../kit/catalog/scope-filter.js'
import { refKey } from '../kit/ref-key.js'

/** Most changes that are asked for. */
const mostAsked = 500
/** Most that came, or that went, that are shown one by one. */
const mostNamed = 5
/** Most things that are shown with what became different of them, and most differences of each. */
const mostShown = 10
const mostTold = 3

/**
 * Says what became different of a thing and all that belongs to it in a stretch of time, the newest first. What came and what went is told
 * by kinds: a source that is read for the first time brings all it has, and nobody reads a hundred rows that say "new".
 */
export async function showChanges(scope: Entity, { from, to }: Range, { catalog }: Turn<'catalog'>): Promise<Reply> {
  const filter = scopeFilter(scope)
  const changes = await catalog.changed({ filter, from, to, limit: mostAsked })
  const kinds = await catalog.kinds()
  const ends = new Map(
    await Promise.all(relationsIn(changes).map(async (ref) => [refKey(ref), await nameOf(ref)] as const)),
  )
  const query = `changed from ${from} to ${to}: ${printFilter(filter)}`
  const all = [...groupBy(changes, ({ ref }) => refKey(ref)).values()]
  const came = all.filter((of) => of.some(({ what }) => 'created' in what))
  const went = all.filter((of) => of.some(({ what }) => 'deleted' in what) && !came.includes(of))
  const differ = all.filter((of) => !came.includes(of) && !went.includes(of))
  const crowd = new Set([came, went].flatMap((of) => (of.length > mostNamed ? of : [])))
  const named = all.filter((of) => !crowd.has(of))
  const full = changes.length === mostAsked ? ' or more' : ''
  const card: CardBody = {
    state: 'accent',
    icon: 'document',
    topic: 'Changed',
    title: scope.name,
    status: all.length ? `${count(all.length, 'thing')}${full}` : 'nothing',
    sentence: [
      all.length ? `${sayHowMany({ came, went, differ })} between ` : `Nothing of ${scope.name} changed between `,
      { time: from },
      ' and ',
      { time: to },
      '.',
    ],
    ...(named.length < all.length && {
      facts: [...fact('New', byKind(came, kinds)), ...fact('Gone', byKind(went, kinds))],
    }),
    ...(named.length && {
      sections: [
        {
          kind: 'rows',
          rows: named.slice(0, mostShown).map((one) => rowOf(one, kinds, ends)),
          ...(named.length > mostShown && { total: named.length }),
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

/** What became different of one thing, the newest first. */
type Changes = readonly [EntityChange, ...EntityChange[]]

/** What relations that changed lead to, each once. */
const relationsIn = (changes: readonly EntityChange[]): Ref[] => [
  ...new Map(changes.flatMap(({ what }) => ('relation' in what ? [[refKey(what.to), what.to] as const] : []))).values(),
]

/** "3 things are different, 12 are new and 1 is gone" */
function sayHowMany({ came, went, differ }: Record<'came' | 'went' | 'differ', readonly unknown[]>): string {
  const parts = [
    [differ, 'different'],
    [came, 'new'],
    [went, 'gone'],
  ] as const
  const said = parts
    .filter(([of]) => of.length)
    .map(
      ([{ length }, how], index) => `${index ? length : count(length, 'thing')} ${length === 1 ? 'is' : 'are'} ${how}`,
    )
  return said.length > 1 ? `${said.slice(0, -1).join(', ')} and ${said.at(-1)}` : said[0]!
}

/** "12 work items, 3 pull requests" */
function byKind(things: readonly Changes[], kinds: readonly KindDeclaration[]): string {
  const counts = [...groupBy(things, ([one]) => one.ref.kind)].map(([kind, of]) => {
    const declared = kinds.find((one) => one.kind === kind)
    return { count: of.length, name: (of.length === 1 ? declared?.title : declared?.plural) ?? kind }
  })
  return counts
    .sort((a, b) => b.count - a.count)
    .map(({ count, name }) => `${count.toLocaleString('en')} ${lowered(name)}`)
    .join(', ')
}

/** A thing with what became different of it, the newest first. */
function rowOf(changes: Changes, kinds: readonly KindDeclaration[], ends: ReadonlyMap<string, string>): Row<Button> {
  const [{ ref, name, at }] = changes
  const declared = kinds.find(({ kind }) => kind === ref.kind)
  // Whatever became different of what is new, it is new.
  const newly = changes.filter(({ what }) => 'created' in what)
  const telling = newly.length ? newly.slice(0, 1) : changes
  const told = telling.slice(0, mostTold).map(({ what }) => sayWhat(what, declared, ends))
  const left = telling.length - told.length
  const sources = [...new Set(changes.map(({ source }) => source))].join(', ')
  return {
    ...(declared && { icon: declared.icon }),
    title: name,
    detail:
      dotted(declared?.title ?? ref.kind, ...told, left ? `${count(left, 'more change')}` : undefined, sources) ??
      sources,
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
  if ('relation' in what) return `${relationTypes[what.relation].title}: ${ends.get(refKey(what.to))} ${what.now}`
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
