import { conflict, notFound, unavailable } from '../../kit/errors.js'
import type { Page, PagerUser, Paging } from '../../kit/paging.js'

/** A pager in memory, for timelines: it pages, takes what it is told, and can be silent. */
export class Pager implements Paging {
  readonly pages: (Page & { key: string; service: string; title: string })[] = []
  /** What it was told, oldest first: `acknowledge P131 by dana@contoso.example`. */
  readonly told: string[] = []
  silent = false
  /** Services that page somebody; all unless told. */
  services: string[] | undefined
  #number: number

  constructor(last = 130) {
    this.#number = last
  }

  async find(key: string) {
    this.#answer()
    return this.pages.findLast((page) => page.key === key)
  }
  async get(id: string) {
    this.#answer()
    const found = this.pages.find((page) => page.id === id)
    return found && { ...found }
  }
  async page(service: { id: string }, { key, title }: { key: string; title: string }) {
    this.#answer()
    if (this.services && !this.services.includes(service.id)) throw notFound(`PagerDuty has no service ${service.id}.`)
    const open = this.pages.find((page) => page.key === key && page.state !== 'resolved')
    if (open) return { ...open }
    const number = ++this.#number
    const page = {
      id: `P${number}`,
      number,
      pager: 'PagerDuty',
      state: 'triggered' as const,
      key,
      title,
      service: service.id,
    }
    this.pages.push(page)
    this.told.push(`page ${service.id} ${key}`)
    return { ...page }
  }
  acknowledge = async (id: string, by: PagerUser) => this.#move(id, 'acknowledged', 'acknowledge', by)
  snooze = async (id: string, _until: string, by: PagerUser) => this.#move(id, 'acknowledged', 'snooze', by)
  resolve = async (id: string, by: PagerUser) => this.#move(id, 'resolved', 'resolve', by)
  assign = async (id: string, to: { email: string }, by: PagerUser) =>
    this.#move(id, 'triggered', `assign to ${to.email}`, by)
  raise = async (id: string) => {
    this.#answer()
    this.told.push(`raise ${id}`)
  }
  note = async (id: string, text: string, by: PagerUser) => {
    this.#answer()
    this.told.push(`note ${id} ${text}${nameOf(by)}`)
  }

  #move(id: string, state: Page['state'], what: string, by: PagerUser): void {
    this.#answer()
    const page = this.pages.find((one) => one.id === id)
    if (!page) throw notFound('PagerDuty has no such thing.')
    if (page.state === 'resolved' && state !== 'resolved')
      throw conflict('PagerDuty refuses it: Incident Already Resolved.')
    page.state = state
    this.told.push(`${what} ${id}${nameOf(by)}`)
  }

  #answer(): void {
    if (this.silent) throw unavailable('PagerDuty does not answer.')
  }
}

const nameOf = (by: PagerUser): string => (by ? ` by ${by.email}` : '')
