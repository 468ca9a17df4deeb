import type { Kind, Ref } from './model.js'

/** The thing that an address is of: what the catalog calls it, or a property by which its vendor knows it. */
export type LinkTarget = Ref | { kinds: readonly Kind[]; property: string; value: string }

/** Reads the addresses of one vendor's pages. Pure: whether there is such a thing, and who may see it, the catalog says. */
export interface LinkReader {
  /** Hosts of the pages, as an app manifest names them; `*.` stands for one label. */
  domains: readonly string[]
  /** What an https address of one of the hosts is of, the most exact first; empty where it is of nothing that the catalog has. */
  read(address: URL): LinkTarget[]
}

/** The parts of an address's path, decoded; undefined where it is no path that a browser would send. */
export function pathParts({ pathname }: URL): string[] | undefined {
  try {
    return pathname.split('/').filter(Boolean).map(decodeURIComponent)
  } catch {
    return undefined
  }
}
