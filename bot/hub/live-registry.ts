import type { Skill } from '../../skills/kit/command.js'
import { createRegistry, type Registry } from './registry.js'

/** A registry whose commands may be others from one turn to the next: an organisation's own actions come and go with its settings. */
export interface LiveRegistry extends Registry {
  /** Takes other skills from now on. @throws Error as `createRegistry` does, and keeps those it has */
  replace(skills: readonly Skill[]): void
}

export function createLiveRegistry(skills: readonly Skill[]): LiveRegistry {
  let current = createRegistry(skills)
  return {
    get skills() {
      return current.skills
    },
    get commands() {
      return current.commands
    },
    get absent() {
      return current.absent
    },
    find: (id) => current.find(id),
    replace(others) {
      current = createRegistry(others)
    },
  }
}
