import type { Json } from '../../../skills/kit/model.js'
import { fieldsOf, type Fields } from '../../fields.js'
import type { Mistake } from './mistake.js'
import { readYaml } from './yaml-documents.js'

/** What an API's description says of it, in the properties of the catalog's kind `Api`. */
export interface OpenApi {
  title: string
  props: Record<string, Json>
}

/** Methods that are operations of a path (spec.openapis.org, "Path Item Object"); 3.2 adds QUERY. */
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']
/** Paths and servers that are kept: the others are counted. */
const mostPaths = 200
const mostServers = 20
/** Characters of an API's description that are kept. */
const longestSummary = 600

/**
 * Reads an OpenAPI 3.x or Swagger 2.0 file, in YAML or JSON. Only what the catalog shows is read; references are not followed. Throws
 * nothing, whatever the text.
 * @returns undefined where it is well formed and describes something else
 */
export function readOpenApi(file: string, text: string): { api?: OpenApi; mistakes: Mistake[] } | undefined {
  const { documents, mistakes } = readYaml(file, text)
  const [document] = documents
  if (mistakes.length || !document) return mistakes.length ? { mistakes } : undefined
  const fields = fieldsOf(document.value)
  const specification = specificationOf(fields)
  if (!specification) return undefined
  const complain = (way: string[], message: string): Mistake => ({ file, ...document.placeOf(way), message })
  if (!specification.known)
    return { mistakes: [complain([specification.key], `is ${specification.name}, not OpenAPI 3 or Swagger 2.0`)] }
  const info = fields.object('info')
  const [title, version] = [info.text('title'), info.text('version')]
  if (!title) return { mistakes: [complain(['info', 'title'], 'info.title: is missing')] }
  const paths = operationsOf(document.value)
  const summary = info.text('summary') ?? info.text('description', longestSummary)
  const license = info.object('license').text('identifier') ?? info.object('license').text('name')
  const servers = serversOf(fields).slice(0, mostServers)
  const security = securityOf(fields, document.value)
  return {
    api: {
      title,
      props: {
        form: 'openapi',
        specification: specification.name,
        ...(version && { version }),
        ...(summary && { summary }),
        ...(license && { license }),
        operations: paths.operations,
        ...(paths.names.length && { paths: paths.names.slice(0, mostPaths) }),
        ...(servers.length && { servers }),
        ...(security.length && { security }),
        ...(paths.operations > 0 && paths.deprecated === paths.operations && { deprecated: true }),
      },
    },
    mistakes: version ? [] : [complain(['info', 'version'], 'info.version: is missing')],
  }
}

function specificationOf(fields: Fields): { key: string; name: string; known: boolean } | undefined {
  const [openapi, swagger] = [fields.text('openapi'), fields.text('swagger')]
  if (openapi) return { key: 'openapi', name: `OpenAPI ${openapi}`, known: /^3(\.\d+){0,2}([-+].*)?$/.test(openapi) }
  // `swagger: 2.0` without quotes is the number 2.
  return swagger ? { key: 'swagger', name: 'Swagger 2.0', known: /^2(\.0)?$/.test(swagger) } : undefined
}

function operationsOf(value: unknown): { operations: number; deprecated: number; names: string[] } {
  const found = { operations: 0, deprecated: 0, names: [] as string[] }
  for (const [path, item] of entriesOf(at(value, 'paths'))) {
    const operations = entriesOf(item).filter(([method, one]) => methods.includes(method) && isMap(one))
    found.operations += operations.length
    found.deprecated += operations.filter(([, one]) => fieldsOf(one).text('deprecated') === 'true').length
    if (operations.length) found.names.push(path)
  }
  return found
}

/** Addresses at which it is served: OpenAPI lists them, Swagger 2.0 puts them together of host, path and schemes. */
function serversOf(fields: Fields): string[] {
  const host = fields.text('host')
  const base = fields.text('basePath') ?? ''
  const schemes = fields.texts('schemes')
  return [
    ...fields.objects('servers').flatMap((server) => server.text('url') ?? []),
    ...(host ? (schemes.length ? schemes : ['https']).map((scheme) => `${scheme}://${host}${base}`) : []),
  ]
}

/** How a caller says who it is: `oauth2`, `apiKey in header X-Key`, `http bearer`. */
function securityOf(fields: Fields, value: unknown): string[] {
  const declared = fields.has('swagger')
    ? at(value, 'securityDefinitions')
    : at(at(value, 'components'), 'securitySchemes')
  const schemes = entriesOf(declared).map(([, one]) => {
    const scheme = fieldsOf(one)
    const type = scheme.text('type')
    if (type === 'http') return `http ${scheme.text('scheme') ?? ''}`.trim()
    return type === 'apiKey' ? `apiKey in ${[scheme.text('in'), scheme.text('name')].filter(Boolean).join(' ')}` : type
  })
  return [...new Set(schemes.flatMap((scheme) => scheme ?? []))]
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
/** What a map has under a key. */
const at = (value: unknown, key: string): unknown =>
  isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined
const entriesOf = (value: unknown): [string, unknown][] => (isMap(value) ? Object.entries(value) : [])
