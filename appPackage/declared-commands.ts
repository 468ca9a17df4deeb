import { discoverSkills } from '../bot/discover-skills.js'
import { createRegistry } from '../bot/hub/registry.js'
import type { CommandInfo } from '../skills/kit/ports.js'

/**
 * The commands that the skills declare.
 * @param skills folder of the skills, in the sources or in their bundle
 */
export const declaredCommands = async (skills: string): Promise<readonly CommandInfo[]> =>
  createRegistry(await discoverSkills(skills)).commands
