// Writes the manifest that the local Teams goes by (its path is NEXUS_LOCAL_APP there), with the hub's environment for the hosts of links:
//   node infra/build/run.js appPackage/local-manifest.ts FILE
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { linkDomains } from '../bot/compose/links.js'
import { declaredCommands } from './declared-commands.js'
import { teamsManifest } from './manifest.js'
import { projectRoot, projectVersion } from './project.js'
import { readSettings, SettingsError } from './settings.js'

const here = dirname(fileURLToPath(import.meta.url))

async function main(): Promise<void> {
  const { NEXUS_NAME } = process.env
  const { options, out } = readSettings(process.argv.slice(2), { NEXUS_NAME }, projectVersion(projectRoot(here)))
  if (!out) throw new SettingsError(['name the file to write: local-manifest FILE'])
  const manifest = teamsManifest(await declaredCommands(join(here, '..', 'skills')), {
    ...options,
    linkDomains: linkDomains(process.env),
  })
  mkdirSync(dirname(resolve(out)), { recursive: true })
  writeFileSync(out, `${JSON.stringify(manifest, null, 2)}\n`)
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
