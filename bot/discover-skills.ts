import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Skill } from '../skills/kit/command.js'
import { readLibrary } from './actions/read-library.js'

/**
 * The skills below a folder: each sub-folder with an index is one, and its default export the declaration. Nothing else
 * has to be told of a new skill.
 * @param folder `skills` in the sources, or its bundle
 * @throws Error naming the folder whose index is not a skill
 */
export async function discoverSkills(folder: string): Promise<Skill[]> {
  const names = readdirSync(folder).filter((name) => name !== 'kit' && statSync(join(folder, name)).isDirectory())
  const found: Skill[] = []
  for (const name of names.sort()) found.push(...(await loadSkill(folder, name)))
  return found
}

async function loadSkill(folder: string, name: string): Promise<Skill[]> {
  const index = ['index.js', 'index.ts'].find((file) => statSync(join(folder, name, file), { throwIfNoEntry: false }))
  if (!index) return []
  const { default: skill } = (await import(pathToFileURL(join(folder, name, index)).href)) as { default?: Skill }
  if (!skill?.commands)
    throw new Error(`skills/${name}/${index} must export a skill by default: export default defineSkill({ … })`)
  if (skill.name !== name && `${skill.name}s` !== name)
    throw new Error(`skills/${name} declares the skill "${skill.name}"; a skill has its folder's name, or its singular`)
  return [withLibrary(skill, join(folder, name, 'library'))]
}

/** The skill with commands made of the manifests in its library; `library` keeps them for those who add more. */
function withLibrary(skill: Skill, folder: string): Skill {
  const { manifests } = skill
  if (!manifests) return skill
  const library = readLibrary(folder, manifests.check)
  return { ...skill, library, commands: manifests.compile(library) }
}
