/** What a file declares, by its name. */
export type FileKind = 'descriptors' | 'openapi' | 'bicep' | 'arm' | 'arm-parameters' | 'terraform'

/** Folders whose files are somebody else's. */
const foreign = /(^|\/)(node_modules|vendor|\.git|\.terraform)\//
const kinds: readonly [FileKind, RegExp][] = [
  ['descriptors', /(^|\/)catalog-info\.ya?ml$/],
  ['openapi', /(^|\/)([^/]+[.-])?(openapi|swagger)\.(ya?ml|json)$/i],
  ['bicep', /\.bicep(param)?$/],
  ['arm-parameters', /(^|\/)(azuredeploy|maintemplate|template|[^/]+\.template)\.parameters(\.[^/]+)?\.json$/i],
  ['arm', /(^|\/)(azuredeploy|maintemplate|template|[^/]+\.template)\.json$/i],
  ['terraform', /\.tfstate$/],
]
/** The folder of the settings repository in which things are declared that no repository is for. */
export const catalogFolder = 'catalog'

/**
 * What a file declares by its name; undefined where it is not read.
 * @param ofSettings whether it stands in the settings repository
 */
export function kindOfFile(path: string, ofSettings: boolean): FileKind | undefined {
  if (foreign.test(path)) return undefined
  if (ofSettings && path.startsWith(`${catalogFolder}/`) && /\.ya?ml$/.test(path)) return 'descriptors'
  return kinds.find(([, names]) => names.test(path))?.[0]
}

/** Largest file that is read, in bytes, by what it declares. */
export const largest = (kind: FileKind): number => (kind === 'terraform' ? 10_000_000 : 1_000_000)
/** Most files of a repository that are read. */
export const mostFiles = 500

/** The parameter files of an ARM template: `azuredeploy.parameters.json`, `azuredeploy.parameters.prod.json`. */
export const parametersOf = (template: string, paths: readonly string[]): string[] => {
  const start = `${template.replace(/\.json$/i, '')}.parameters`.toLowerCase()
  return paths.filter((path) => path.toLowerCase().startsWith(start))
}
