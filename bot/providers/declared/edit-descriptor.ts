import { isDeepStrictEqual } from 'node:util'
import { isMap, isPair, isScalar, parseAllDocuments, stringify, type Document, type Pair, type YAMLMap } from 'yaml'
import { resourceRef, serviceRef, plainName } from '../../../skills/kit/entity-ids.js'
import type { DeclarationWish, DeclaredProperty } from '../../../skills/kit/declarations.js'
import { badInput } from '../../../skills/kit/errors.js'
import type { Ref } from '../../../skills/kit/model.js'
import { azureId } from './descriptor-index.js'

/** Where each property stands in a descriptor. */
export const placeOfProperty: Readonly<Record<DeclaredProperty, readonly string[]>> = {
  owner: ['spec', 'owner'],
  lifecycle: ['spec', 'lifecycle'],
  system: ['spec', 'system'],
  description: ['metadata', 'description'],
  runbook: ['metadata', 'annotations', 'nexus/runbook'],
  tier: ['metadata', 'annotations', 'nexus/tier'],
  language: ['metadata', 'annotations', 'nexus/language'],
  data: ['metadata', 'annotations', 'nexus/data'],
}

/** A file with the wish in it, and what it said before. */
export interface EditedDescriptor {
  text: string
  before?: string
}

/**
 * Says a property in a catalog-info.yaml. Every other character of the file stays: comments, quotes, order and all. An entity that the
 * file does not declare is added to it. Pure.
 * @param text the file; undefined where there is none yet
 * @throws Fault BadInput where the file is broken, since nobody knows what a change of it would mean
 */
export function editDescriptor(text: string | undefined, wish: DeclarationWish): EditedDescriptor {
  const path = placeOfProperty[wish.property]
  if (text === undefined || text.trim() === '') return { text: newDocument(wish) }
  const documents = parse(text)
  const document = documents.find((one) => isOf(one, wish.entity))
  if (!document) return { text: `${text.replace(/\s*$/, '\n')}---\n${newDocument(wish)}` }
  const said: unknown = document.getIn(path)
  const before = said === undefined || said === null ? undefined : String(said)
  if (before === wish.value) return { text, before }
  const edited = spliced(text, document, path, wish.value)
  if (edited !== undefined && says(edited, text, documents.indexOf(document), path, wish.value))
    return { text: edited, ...(before !== undefined && { before }) }
  throw badInput(
    'This file is written in a way that Nexus does not change.',
    'Change it by hand: its aliases or anchors stand in the way.',
  )
}

function parse(text: string): Document[] {
  const documents = parseAllDocuments(text, { logLevel: 'silent' })
  const list = Array.isArray(documents) ? (documents as Document[]) : []
  const error = list.flatMap(({ errors }) => errors)[0]
  if (error) throw badInput(`The file is broken: ${error.message.split('\n')[0]!}`, 'Mend it first.')
  return list
}

/** Whether a document declares an entity. */
function isOf(document: Document, { kind, id }: Ref): boolean {
  const [written, name] = [document.getIn(['kind']), document.getIn(['metadata', 'name'])]
  const azure: unknown = document.getIn(['metadata', 'annotations', azureId])
  if (kind === 'Resource') return typeof azure === 'string' && resourceRef(azure).id === id
  if (typeof written !== 'string' || name === undefined || name === null) return false
  const named = written.toLowerCase()
  if (kind === 'Api') return named === 'api' && plainName(String(name)) === id
  return (named === 'component' || named === 'resource') && !azure && serviceRef(String(name)).id === id
}

/** The text with the value at a way of a document; undefined where it is not written so that a value can be put there. */
function spliced(text: string, document: Document, way: readonly string[], value: string): string | undefined {
  let map: YAMLMap | undefined = isMap(document.contents) ? document.contents : undefined
  for (const [depth, key] of way.entries()) {
    if (!map) return undefined
    const pair: Pair | undefined = map.items.find((one) => isPair(one) && isScalar(one.key) && one.key.value === key)
    const rest = way.slice(depth + 1)
    if (!pair) return added(text, map, key, rest, value)
    const node = pair.value
    if (!rest.length) return isScalar(node) ? replaced(text, node.range, value) : undefined
    if (isScalar(node) && node.value === null && node.range) return underEmpty(text, map, node.range[0], rest, value)
    map = isMap(node) ? node : undefined
  }
  return undefined
}

function replaced(text: string, range: [number, number, number] | null | undefined, value: string): string | undefined {
  if (!range) return undefined
  const [start, end] = range
  const gap = text[start - 1] === ':' ? ' ' : ''
  // A text in several lines ends with its line.
  const close = text.slice(start, end).endsWith('\n') ? '\n' : ''
  return text.slice(0, start) + gap + scalar(value) + close + text.slice(end)
}

/** A new pair at the end of a map, in the map's own style. */
function added(text: string, map: YAMLMap, key: string, rest: readonly string[], value: string): string | undefined {
  const range = map.range
  const first = map.items[0]
  if (!range) return undefined
  if (map.flow) {
    const end = text.lastIndexOf('}', range[1] - 1)
    const inner = [key, ...rest].map((one) => `${scalar(one)}: `)
    const body = inner.join('{ ') + scalar(value) + ' }'.repeat(rest.length)
    const before = text.slice(0, end).replace(/\s+$/, '')
    return `${before}${first ? (before.endsWith(',') ? ' ' : ', ') : ' '}${body} ${text.slice(end)}`
  }
  const start = first && isScalar(first.key) ? first.key.range?.[0] : undefined
  if (start === undefined) return undefined
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1))
  return inserted(text, endOf(text, range[1]), linesOf(indent, [key, ...rest], value))
}

/** `annotations:` with nothing below it. */
function underEmpty(
  text: string,
  map: YAMLMap,
  at: number,
  rest: readonly string[],
  value: string,
): string | undefined {
  const first = map.items[0]
  const start = first && isScalar(first.key) ? first.key.range?.[0] : undefined
  if (map.flow || start === undefined) return undefined
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1) + 2)
  const end = text.indexOf('\n', at)
  if (/\S/.test(text.slice(at, end < 0 ? undefined : end).replace(/#.*$/, ''))) return undefined
  return inserted(text, end < 0 ? text.length : end + 1, linesOf(indent, rest, value))
}

/** Where the last line of a map ends: comments after it are another's. */
function endOf(text: string, from: number): number {
  const upTo = text.slice(0, from).replace(/(\n[ \t]*(#[^\n]*)?)+$/, '\n').length
  if (text[upTo - 1] === '\n') return upTo
  const end = text.indexOf('\n', upTo)
  return end < 0 ? text.length : end + 1
}

const inserted = (text: string, at: number, lines: string): string =>
  `${text.slice(0, at)}${at > 0 && text[at - 1] !== '\n' ? '\n' : ''}${lines}${text.slice(at)}`

/** `annotations:` and below it, further in, `nexus/tier: high`. */
const linesOf = (indent: string, way: readonly string[], value: string): string =>
  way
    .map(
      (key, depth) =>
        `${indent}${'  '.repeat(depth)}${scalar(key)}:${depth === way.length - 1 ? ` ${scalar(value)}` : ''}\n`,
    )
    .join('')

/** A text as YAML has it in one line. */
const scalar = (value: string): string =>
  stringify(value, { lineWidth: 0, defaultStringType: 'PLAIN', blockQuote: false }).trimEnd()

/** Whether a text says the value, and everything else as before. */
function says(edited: string, text: string, at: number, way: readonly string[], value: string): boolean {
  const now = parseAllDocuments(edited, { logLevel: 'silent' }) as Document[]
  if (now.some(({ errors }) => errors.length)) return false
  try {
    const before = parse(text).map((one): unknown => one.toJS())
    before[at] = withValue(before[at], way, value)
    return isDeepStrictEqual(
      now.map((one): unknown => one.toJS()),
      before,
    )
  } catch {
    return false
  }
}

/** A copy of a map in which a value stands at a way. */
function withValue(map: unknown, [key, ...rest]: readonly string[], value: string): unknown {
  if (key === undefined) return value
  const own = typeof map === 'object' && map !== null ? (map as Record<string, unknown>) : {}
  return { ...own, [key]: withValue(own[key], rest, value) }
}

/** A descriptor of an entity that no file declares yet. */
function newDocument({ entity, property, value, owner }: DeclarationWish): string {
  const kinds: Record<string, string> = { Resource: 'Resource', Api: 'API' }
  const [section, ...way] = placeOfProperty[property]
  const name = plainName(entity.name).slice(0, 63).replace(/-$/, '')
  const annotations: Record<string, string> = { ...(entity.kind === 'Resource' && { [azureId]: entity.id }) }
  if (way.length === 2) annotations[way[1]!] = value
  const own = way.length === 1 ? { [way[0]!]: value } : {}
  return stringify(
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: kinds[entity.kind] ?? 'Component',
      metadata: {
        name,
        ...(section === 'metadata' && own),
        ...(Object.keys(annotations).length && { annotations }),
      },
      spec: {
        type: entity.kind === 'Api' ? 'openapi' : entity.kind === 'Resource' ? 'azure-resource' : 'service',
        ...(entity.kind !== 'Resource' && { lifecycle: 'production' }),
        owner: owner ?? 'unknown',
        ...(section === 'spec' && own),
      },
    },
    { lineWidth: 0 },
  )
}

/** The lines that go and that come between two texts, which differ in one place. */
export function changedLines(before: string, after: string): string[] {
  const [old, fresh] = [before, after].map((text) => (text === '' ? [] : text.replace(/\n$/, '').split('\n')))
  let start = 0
  while (start < old!.length && start < fresh!.length && old![start] === fresh![start]) start++
  let end = 0
  while (end < old!.length - start && end < fresh!.length - start && old!.at(-1 - end) === fresh!.at(-1 - end)) end++
  return [
    ...old!.slice(start, old!.length - end).map((line) => `- ${line}`),
    ...fresh!.slice(start, fresh!.length - end).map((line) => `+ ${line}`),
  ]
}
