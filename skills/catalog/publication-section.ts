import { dotted, listSection } from '../kit/answer.js'
import type { Entity, Json } from '../kit/model.js'
import type { Section } from '../kit/reply.js'

/** Publications that are listed; the others are counted. */
const mostPublications = 6

/**
 * Where an API is published: each address, on which gateway, in which revision, and who may call it. Open, because it is what people look
 * an API up for; absent where the catalog knows of no gateway.
 */
export function publicationSection({ props }: Entity): Section[] {
  const publications = (Array.isArray(props['publications']) ? props['publications'] : []).filter(isObject)
  const section = listSection('Published', publications, rowOf, { open: true, most: mostPublications })
  return section ? [section] : []
}

function rowOf(publication: { [name: string]: Json }) {
  const said = (name: string) => (typeof publication[name] === 'string' ? publication[name] : undefined)
  const revision = said('revision')
  const detail = dotted(
    said('environment'),
    said('gateway'),
    revision && `revision ${revision}`,
    whoMayCall(publication),
  )
  return { title: said('address') ?? '', ...(detail && { detail }) }
}

/** `with a key of Apps or Partners`: a product is what a caller subscribes to, and its key opens all APIs in it. */
function whoMayCall({ products, needsKey }: { [name: string]: Json }): string | undefined {
  const names = (Array.isArray(products) ? products : []).filter((name): name is string => typeof name === 'string')
  const some = names.length > 2 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)!}` : names.join(' or ')
  if (needsKey === true) return some ? `with a key of ${some}` : 'with a key'
  return needsKey === false ? 'without a key' : undefined
}

const isObject = (value: Json): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
