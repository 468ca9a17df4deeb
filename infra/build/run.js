#!/usr/bin/env node
// Bundles the TypeScript programs with esbuild (about half a second, only when a source changed) and runs one of them:
//   node infra/build/run.js bot/main.ts [arguments]
// Plain JavaScript, because it runs before anything is built. The bundle starts in half the time of the unbundled modules.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const sources = ['bot', 'skills', 'cards', 'infra', 'appPackage', 'test']

/** Every file below a folder of the project, as paths from the root. */
function* filesBelow(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) yield* filesBelow(path)
    else yield path
  }
}

/** Files that are run or loaded by their own path; the others are bundled into those that import them. */
const programs = [
  /^skills\/[^/]+\/index\.ts$/,
  /^bot\/(channels\/terminal\/)?main\.ts$/,
  /^infra\/local\/(start|tenant)\.ts$/,
  /^(infra\/build|appPackage|test\/(bench|kill|audit|eval))\/[^/]+\.ts$/,
  /^test\/(client\/(picture|ballot-hub)|fault\/hub|gallery\/main)\.ts$/,
]
const isProgram = (path) => programs.some((pattern) => pattern.test(path))

/** Where the bundle of the sources as they are now stands; builds it if it is not there. */
export async function build() {
  const files = sources.filter((folder) => existsSync(join(root, folder))).flatMap((folder) => [...filesBelow(folder)])
  const code = files.filter((path) => /\.ts$|^cards\/[^/]+\.json$/.test(path) && !path.endsWith('.test.ts')).sort()
  const library = files.filter((path) => /^skills\/[^/]+\/library\/.+\.yaml$/.test(path)).sort()
  const hash = createHash('sha256')
  for (const path of [...code, ...library, 'package-lock.json', 'infra/build/run.js']) {
    const { mtimeMs, size } = statSync(join(root, path))
    hash.update(`${path} ${mtimeMs} ${size}\n`)
  }
  const folder = join(root, '.build', hash.digest('hex').slice(0, 16))
  if (existsSync(folder)) return folder
  const { build: bundle } = await import('esbuild')
  const staging = `${folder}.${process.pid}`
  await bundle({
    absWorkingDir: root,
    entryPoints: code.filter(isProgram),
    outdir: staging,
    outbase: '.',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    sourcesContent: false,
    minifyWhitespace: true, // half the text to compile at every start; names stay, and the maps lead back to the sources
    logLevel: 'error',
    // Native, optional or development-only: found in node_modules when they are needed.
    external: ['libsql', 'dtrace-provider', 'esbuild', 'playwright-core', 'jsdom', '@microsoft/app-manifest'],
    banner: {
      js: "import { createRequire as __cr } from 'node:module'; import { fileURLToPath as __fp } from 'node:url'; import { dirname as __dn } from 'node:path'; const require = __cr(import.meta.url); const __filename = __fp(import.meta.url); const __dirname = __dn(__filename);",
    },
  })
  for (const path of library) cpSync(join(root, path), join(staging, path)) // read from beside the program
  try {
    renameSync(staging, folder)
  } catch {
    rmSync(staging, { recursive: true, force: true }) // another process built the same sources first
  }
  prune(folder)
  return folder
}

/** Keeps the newest bundles: a running hub may still load from the one before. */
function prune(current) {
  const builds = join(root, '.build')
  const old = readdirSync(builds)
    .map((name) => join(builds, name))
    .filter((path) => path !== current)
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
    .slice(4)
  for (const path of old) rmSync(path, { recursive: true, force: true })
}

/** The built file of a source path such as `bot/main.ts`. */
export const built = (folder, source) => join(folder, source.replace(/\.ts$/, '.js'))

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [source, ...args] = process.argv.slice(2)
  if (!source) throw new Error('usage: node infra/build/run.js <program.ts> [arguments]')
  const program = built(await build(), relative(root, join(root, source)))
  const child = spawn(process.execPath, ['--enable-source-maps', '--no-warnings', program, ...args], {
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}
