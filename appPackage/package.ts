// Builds and checks the Teams app package:
//   npm run package -- --app-id GUID --bot-id GUID --domain nexus.contoso.com [--out FILE] [--name, --icons, …]
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildPackage, type AppPackage } from './build-package.js'
import { declaredCommands } from './declared-commands.js'
import { projectRoot, projectVersion } from './project.js'
import { readSettings } from './settings.js'

const here = dirname(fileURLToPath(import.meta.url))

async function main(): Promise<void> {
  const root = projectRoot(here)
  const { options, local, out, icons } = readSettings(process.argv.slice(2), process.env, projectVersion(root))
  const commands = await declaredCommands(join(here, '..', 'skills'))
  const built = await buildPackage(commands, options, icons ? resolve(icons) : join(root, 'appPackage', 'icons'))
  const file = out
    ? resolve(out)
    : join(root, 'appPackage', '.build', `nexus-${local ? 'local-' : ''}${options.version}.zip`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, built.archive)
  console.log(report(built, relative(process.cwd(), file), local))
}

function report({ manifest, entries, archive }: AppPackage, file: string, local: boolean): string {
  const lists = manifest.bots[0].commandLists.map(
    ({ triggers = ['mention'], scopes, commands }) =>
      `  ${triggers.join(', ').padEnd(14)} ${commands.map(({ title }) => title).join(' · ')}   (${scopes.join(', ')})`,
  )
  return [
    `${manifest.name.short} ${manifest.version}, Teams app manifest ${manifest.manifestVersion}: valid`,
    ...entries.map(({ name, bytes }) => `  ${name.padEnd(14)} ${kilobytes(bytes)}`),
    ...lists,
    `${file}   ${kilobytes(archive)}`,
    ...(local
      ? ['No ids were given, so this is the local tenant’s package. For Teams: --app-id, --bot-id and --domain.']
      : []),
  ].join('\n')
}

const kilobytes = ({ length }: Buffer): string => `${(length / 1024).toFixed(1)} KB`

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
