import type { ActionManifest } from '../../skills/kit/action-manifest.js'
import type { Skill } from '../../skills/kit/command.js'
import type { Settings } from '../../skills/kit/ports.js'
import { createRegistry } from '../hub/registry.js'
import { readManifest } from './read-manifest.js'

/** Skills with an organisation's own actions among their commands, and what is wrong with its files: file, line, and why. */
export interface OwnActions {
  skills: Skill[]
  mistakes: string[]
}

/**
 * Adds the manifests of the settings to skills that take them. One with a mistake is left out and named; it stops nothing, and none takes
 * the place of one that is built in.
 * @param skills as they were discovered, with their libraries
 * @throws Fault Unavailable where the settings cannot be read
 */
export async function withOwnActions(
  skills: readonly Skill[],
  settings: Pick<Settings, 'list' | 'read'>,
): Promise<OwnActions> {
  const found: OwnActions = { skills: [...skills], mistakes: [] }
  for (const skill of skills) if (skill.manifests) await addOwn(skill, found, settings)
  return found
}

async function addOwn(skill: Skill, found: OwnActions, settings: Pick<Settings, 'list' | 'read'>): Promise<void> {
  const { library = [], manifests: maker } = skill
  const own: ActionManifest[] = []
  for (const file of await settings.list(`${skill.name}s`)) {
    if (!/\.ya?ml$/.test(file)) continue
    const read = readManifest(file, (await settings.read(file)) ?? '', maker!.check)
    if (read.mistakes) {
      found.mistakes.push(...read.mistakes)
      continue
    }
    const { manifest } = read
    const taken = [...library, ...own].some(({ id }) => id === manifest.id)
    const wider = { ...skill, commands: maker!.compile([...library, ...own, manifest]) }
    const others = found.skills.map((one) => (one.name === skill.name ? wider : one))
    const clash = taken ? `there is a ${manifest.id} already; give it an id of its own` : clashIn(others)
    if (clash !== undefined) {
      found.mistakes.push(`${file}: ${clash}`)
      continue
    }
    own.push(manifest)
    found.skills = others
  }
}

/** What keeps skills from standing side by side, such as two commands that say the same. */
function clashIn(skills: readonly Skill[]): string | undefined {
  try {
    createRegistry(skills)
    return undefined
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).join(';').trim()
  }
}
