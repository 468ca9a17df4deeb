import type { ActionManifest } from '../../skills/kit/action-manifest.js'
import type { ManifestCommands } from '../../skills/kit/command.js'
import { locateYaml, saysIssues } from '../settings/settings-file.js'
import { Manifest, manifestOf } from './manifest-schema.js'

/** A manifest, or what is wrong with its file: a sentence each, with file and line. */
export type ReadManifest = { manifest: ActionManifest; mistakes?: undefined } | { mistakes: string[] }

/**
 * Reads an action's file: YAML, shape, and what its texts say.
 * @param file as mistakes name it
 */
export function readManifest(file: string, text: string, check: ManifestCommands['check']): ReadManifest {
  const yaml = locateYaml(file, text)
  if (yaml.mistakes) return yaml
  const shaped = Manifest.safeParse(yaml.value)
  if (!shaped.success) return { mistakes: saysIssues(yaml, shaped.error.issues) }
  const manifest = manifestOf(shaped.data)
  const wrong = check(manifest)
  if (wrong.length)
    return {
      mistakes: saysIssues(
        yaml,
        wrong.map(({ at, message }) => ({ path: at, message })),
      ),
    }
  return { manifest }
}
