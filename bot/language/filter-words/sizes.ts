import type { Filter } from '../../../skills/kit/catalog/filter.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import type { Part } from './asking.js'
import { comparatorAt } from './quantities.js'

/** Numbers of virtual processors that sizes of Azure's machines have ("Sizes for virtual machines in Azure"). */
const processors = [1, 2, 4, 8, 16, 20, 24, 32, 48, 64, 72, 80, 96, 104, 112, 128, 176, 192]

/**
 * "bigger than D8": sizes of the same family with more processors. A size is a text in the catalog, so what is larger is named one by one.
 */
export function sizeAt(words: readonly string[], at: number, { properties }: KindDeclaration): Part | undefined {
  if (!properties.sku) return undefined
  const compared = comparatorAt(words, at)
  const [, family, said] =
    /^(?:standard[_-])?([a-z]{1,2}?)s?(\d{1,3})[a-z]*(?:[_-]?v\d)?$/.exec(words[compared?.next ?? at] ?? '') ?? []
  if (!compared || family === undefined) return undefined
  const count = Number(said)
  const larger = processors.filter((one) =>
    compared.means === '>' || compared.means === '<=' ? one > count : one >= count,
  )
  const isAny = (counts: readonly number[]): Filter => ({
    any: counts.map((one) => ({ property: 'sku', contains: `_${family.toUpperCase()}${one}` })),
  })
  const next = compared.next + 1
  if (compared.means === '>' || compared.means === '>=')
    return larger.length ? { filter: isAny(larger), next } : undefined
  if (compared.means === '=') return { filter: isAny([count]), next }
  return { filter: { all: [{ property: 'sku', contains: `_${family.toUpperCase()}` }, { not: isAny(larger) }] }, next }
}
