import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandInfo } from '../skills/kit/ports.js'
import { iconFaults, iconRules, type IconName } from './icon.js'
import { manifestFaults } from './manifest-faults.js'
import { teamsManifest, type AppManifest, type ManifestOptions } from './manifest.js'
import { zip, type ZipEntry } from './zip.js'

/** A package as Teams takes it. */
export interface AppPackage {
  manifest: AppManifest
  /** What the archive holds, in its order. */
  entries: ZipEntry[]
  archive: Buffer
}

/** Says at once everything that Teams would refuse. */
export class PackageError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`Teams would refuse this package:\n  ${faults.join('\n  ')}`)
  }
}

/**
 * The app package of these commands: manifest and both icons, checked before it is packed.
 * @param icons folder with color.png and outline.png
 * @throws CommandListError, or PackageError naming every fault
 */
export async function buildPackage(
  commands: readonly CommandInfo[],
  options: ManifestOptions,
  icons: string,
): Promise<AppPackage> {
  const manifest = teamsManifest(commands, options)
  const pictures = (Object.keys(iconRules) as IconName[]).map((name) => readIcon(icons, name))
  const faults = [...(await manifestFaults(manifest)), ...pictures.flatMap(({ faults }) => faults)]
  if (faults.length) throw new PackageError(faults)
  const entries = [
    { name: 'manifest.json', bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) },
    ...pictures.map(({ name, bytes }) => ({ name, bytes })),
  ]
  return { manifest, entries, archive: zip(entries) }
}

function readIcon(folder: string, name: IconName): ZipEntry & { faults: string[] } {
  try {
    const bytes = readFileSync(join(folder, name))
    return { name, bytes, faults: iconFaults(name, bytes) }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : (error as Error).message
    return { name, bytes: Buffer.alloc(0), faults: [`${join(folder, name)} ${reason}`] }
  }
}
