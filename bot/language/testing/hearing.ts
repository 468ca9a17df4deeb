import { join } from 'node:path'
import { discoverSkills } from '../../discover-skills.js'
import { createRegistry, type Registry } from '../../hub/registry.js'
import type { Hearing, NamedEntity } from '../understanding.js'

/**
 * What Dana says on a Wednesday morning in UTC.
 * @param more what is otherwise of it
 */
export const hearing = (text: string, more: Partial<Hearing> = {}): Hearing => ({
  text,
  tenant: 'contoso',
  now: '2026-11-18T09:00:00.000Z',
  zone: 'UTC',
  locale: 'en',
  mentions: [],
  speaker: { kind: 'Person', id: 'dana@contoso.example' },
  ...more,
})

/** A thing of the catalog by what it is called. */
export const named = (kind: string, id: string, name: string, ...aliases: string[]): NamedEntity => ({
  ...{ kind, id, name, aliases },
})

/** The commands of all skills there are. */
export const registryOfSkills = async (): Promise<Registry> =>
  createRegistry(await discoverSkills(join(import.meta.dirname, '..', '..', '..', 'skills')))
