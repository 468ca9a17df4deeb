import type { Organisation, Resource } from './model.js'
import { didYouMean } from './nearest-name.js'
import type { EntryProblem } from './fill-in-resources.js'

/** What the entries of api-management.yaml name and is not there, or is there twice. */
export function checkApiManagement(
  entries: Organisation['apiManagement'],
  resources: readonly Resource[],
): EntryProblem[] {
  const services = resources.filter(({ type }) => type.toLowerCase() === 'microsoft.apimanagement/service')
  const missing = (what: string, name: string, there: readonly string[], home: string): string[] =>
    there.includes(name) ? [] : [`there is no ${what} "${name}" in ${home}${didYouMean(name, there)}`]
  return entries.flatMap((entry, index): EntryProblem[] => {
    const at = (path: (string | number)[], messages: string[]): EntryProblem[] =>
      messages.map((message) => ({ path: [index, ...path], message: `${path.at(-1)}: ${message}` }))
    const products = entry.products.map(({ id }) => id)
    const names = resources.map(({ name }) => name)
    const known = services.map(({ name }) => name)
    return [
      ...at(['service'], missing('API Management service', entry.service, known, 'resources.yaml')),
      ...entry.backends.flatMap(({ resource }, n) =>
        resource === undefined
          ? []
          : at(['backends', n, 'resource'], missing('resource', resource, names, 'resources.yaml')),
      ),
      ...entry.apis.flatMap((api, n) => [
        ...api.products.flatMap((one) => at(['apis', n, 'products'], missing('product', one, products, 'products'))),
        ...(entry.apis.findIndex(({ id }) => id === api.id) < n
          ? at(['apis', n, 'id'], [`"${api.id}" is there already`])
          : []),
        ...(api.draft !== undefined && api.draft <= api.revision
          ? at(['apis', n, 'draft'], [`a draft comes after revision ${api.revision}`])
          : []),
      ]),
    ]
  })
}
