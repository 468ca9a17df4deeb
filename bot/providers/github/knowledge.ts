import { readAlerts, type Alerts } from './read-alerts.js'
import { readDependencies, readPublished, type Dependency, type Published } from './read-packages.js'
import { readPeople, type People } from './read-people.js'
import type { Claim, Ref } from '../../../skills/kit/model.js'
import type { Reading, Repository } from './reading.js'

/**
 * What readings share: who is who, and what is only known of the whole organisation. It lives as long as the process and is read again
 * where it is missing, so that a sweep may go on in another process.
 */
export class Knowledge {
  #people: People | undefined
  #alerts: Alerts | undefined
  #published: Published[] | undefined
  #dependencies = new Map<string, readonly Dependency[] | undefined>()
  readonly #services = new Map<string, readonly Ref[]>()

  /** Forgets what a new sweep reads anew. */
  begin(): void {
    this.#people = undefined
    this.refreshAlerts()
    this.#published = undefined
    this.#dependencies = new Map()
  }

  refreshAlerts(): void {
    this.#alerts = undefined
  }

  /** Reads people and teams anew. */
  async readPeople(reading: Reading, repositories: readonly Repository[]): Promise<{ people: People; teams: Claim[] }> {
    const read = await readPeople(reading, repositories)
    this.#people = read.people
    return read
  }

  /** @param repositories gives those whose commits are looked at, where people are not known yet */
  async people(reading: Reading, repositories: () => Promise<readonly Repository[]>): Promise<People> {
    return this.#people ?? (await this.readPeople(reading, await repositories())).people
  }

  async alerts(reading: Reading): Promise<Alerts> {
    return (this.#alerts ??= await readAlerts(reading))
  }

  async published(reading: Reading): Promise<Published[]> {
    return (this.#published ??= await readPublished(reading))
  }

  /** What a repository is built with, read at most once in a sweep. */
  async dependencies(reading: Reading, repo: string): Promise<readonly Dependency[] | undefined> {
    if (!this.#dependencies.has(repo)) return this.readDependencies(reading, repo)
    return this.#dependencies.get(repo)
  }

  async readDependencies(reading: Reading, repo: string): Promise<readonly Dependency[] | undefined> {
    const read = await readDependencies(reading, repo)
    this.#dependencies.set(repo, read)
    return read
  }

  /**
   * Notes which services a repository declares.
   * @returns those that it declared when it was read before, and that no repository declares now
   */
  noteServices(repo: string, services: readonly Ref[]): Ref[] {
    const before = this.#services.get(repo) ?? []
    this.#services.set(
      repo,
      services.map(({ kind, id }) => ({ kind, id })),
    )
    const all = new Set([...this.#services.values()].flat().map(({ id }) => id))
    return before.filter(({ id }) => !all.has(id))
  }
}
