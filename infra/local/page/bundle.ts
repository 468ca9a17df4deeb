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
  const [html, css, icon, script, renderer] = await Promise.all([
    from(`${folder}/index.html`),
    from(`${folder}/style.css`).then(inlineImports(join(root, folder))),
    from(`${folder}/favicon.svg`),
    bundleScript(root),
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

async function bundleScript(root: string): Promise<Buffer> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [`${folder}/browser/main.ts`],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    sourcemap: 'inline',
    logLevel: 'silent',
  })
  const [script] = outputFiles
  if (!script) throw new Error(`esbuild gave nothing for ${folder}/browser/main.ts.`)
  return Buffer.from(script.contents)
}

/** Puts the style sheets that `style.css` imports in its place, in their order: one request instead of several. */
const inlineImports = (base: string) => async (css: Buffer) => {
  const parts = [...css.toString('utf8').matchAll(/@import '\.\/([\w/-]+\.css)';/g)].map(([, path]) =>
    readFile(join(base, path as string)),
  )
  return Buffer.concat(await Promise.all(parts))
}

/** The project's root, whether this module runs from its source or from a bundle below `.build`. */
function projectRoot(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); at !== dirname(at); at = dirname(at))
    if (existsSync(join(at, folder, 'index.html'))) return at
  throw new Error(`The page's files are missing: no folder above this program holds ${folder}/index.html.`)
}
