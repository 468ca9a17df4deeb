/**
 * Where signed heads are kept outside the store, so that whoever can write to the store cannot rewrite what it once said. A folder is one
 * such place (`folder-anchors.ts`); a container of Azure's immutable blob storage, whose time-based retention refuses edits even to its
 * owner, is the one for production, and needs these three calls and no more. There is none of it yet.
 */
export interface Anchors {
  /** The place, as people find it. */
  readonly where: string
  /** Adds a line for a tenant; durable when it resolves. Adding one twice does no harm. */
  append(tenant: string, line: string): Promise<void>
  /** The last line of a tenant. */
  last(tenant: string): Promise<string | undefined>
  /** All lines of a tenant, oldest first. */
  read(tenant: string): Promise<string[]>
}
