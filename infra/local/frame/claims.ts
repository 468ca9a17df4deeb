import type { Vendor } from './router.js'

/** Who answers a path, and the prefix of it that is not passed on. */
export interface Claim {
  prefix: string
  vendor: Vendor
}

/** Finds the vendor of a path: the longest of their prefixes, in any case and whole segments only. */
export function claims(vendors: Vendor[]): (path: string) => Claim | undefined {
  const all = vendors
    .flatMap((vendor) => vendor.prefixes.map((prefix) => ({ prefix: prefix.toLowerCase(), vendor })))
    .sort((a, b) => b.prefix.length - a.prefix.length)
  return (path) => {
    const lower = path.toLowerCase()
    return all.find(({ prefix }) => lower.startsWith(prefix) && (lower[prefix.length] ?? '/') === '/')
  }
}
