import type { Instant, Ref } from './model.js'

/** An incident as the pager that wakes people knows it. */
export interface Page {
  /** Id in the pager's own world. */
  id: string
  url?: string
  /** Its number there, which people call it by; ours stay above it. */
  number: number
  /** Who is paged, as people call the pager: "PagerDuty". */
  pager: string
  state: 'triggered' | 'acknowledged' | 'resolved'
  /** Who brought it to its state, where the pager says so. */
  by?: { email?: string; name: string }
}

/** Who does something in the pager; absent where Nexus does it by itself. */
export type PagerUser = { email: string } | undefined

/**
 * The pager of record: opens, acknowledges and resolves what wakes people. Doing the same twice is as doing it once, also where an answer
 * was lost. Each throws Fault Unavailable where the pager does not answer, Conflict where it refuses.
 */
export interface Paging {
  /** The pager's incident of a key of ours, the newest where there were several. */
  find(key: string): Promise<Page | undefined>
  /** One of the pager's incidents by its id there. */
  get(id: string): Promise<Page | undefined>
  /** Pages whoever is on call for a service; the same key pages once. @throws Fault NotFound where nothing pages for it */
  page(service: Ref, incident: { key: string; title: string; detail: string; urgent: boolean }): Promise<Page>
  acknowledge(id: string, by: PagerUser): Promise<void>
  /** Puts it off: acknowledged until then, ringing after. */
  snooze(id: string, until: Instant, by: PagerUser): Promise<void>
  resolve(id: string, by: PagerUser): Promise<void>
  assign(id: string, to: { email: string }, by: PagerUser): Promise<void>
  /** Makes it ring as what wakes people does, where it was opened as something that can wait. */
  raise(id: string): Promise<void>
  note(id: string, text: string, by: PagerUser): Promise<void>
}
