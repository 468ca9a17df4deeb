import { build } from 'esbuild'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One file of the page, as it is served. */
export interface PageFile {
  /** Value of the `Content-Type` header. */
  type: string
  body: Buffer
}

const folder = 'infra/local/page'

/**
 * The files of the local Teams page by path (`/` is the page itself). The browser's modules are bundled in memory with
 * esbuild (about 50 ms), so that the page needs no build step.
 * @throws esbuild's error, with file and line, where a module does not compile.
 */
export async function bundlePage(): Promise<Map<string, PageFile>> {
  const root = projectRoot()
  const from = (path: string) => readFile(join(root, path))
  const [html, icon, script, css, renderer] = await Promise.all([
    from(`${folder}/index.html`),
    from(`${folder}/favicon.svg`),
    bundle(root, `${folder}/browser/main.ts`),
    bundle(root, `${folder}/style.css`),
    from('node_modules/adaptivecards/dist/adaptivecards.min.js'),
  ])
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: html }],
    ['/style.css', { type: 'text/css; charset=utf-8', body: css }],
    ['/favicon.svg', { type: 'image/svg+xml', body: icon }],
    ['/page.js', { type: 'text/javascript; charset=utf-8', body: script }],
    ['/adaptivecards.js', { type: 'text/javascript; charset=utf-8', body: renderer }],
  ])
}

/** A script or style sheet with all that it imports. */
async function bundle(root: string, entry: string): Promise<Buffer> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    sourcemap: entry.endsWith('.ts') && 'inline',
    logLevel: 'silent',
  })
  const [file] = outputFiles
  if (!file) throw new Error(`esbuild gave nothing for ${entry}.`)
  return Buffer.from(file.contents)
}

/** The project's root, whether this module runs from its source or from a bundle below `.build`. */
function projectRoot(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); at !== dirname(at); at = dirname(at))
    if (existsSync(join(at, folder, 'index.html'))) return at
  throw new Error(`The page's files are missing: no folder above this program holds ${folder}/index.html.`)
}
