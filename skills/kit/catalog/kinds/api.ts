import type { KindDeclaration } from '../kind-declaration.js'
import { countOf, described, moment, text } from './common-properties.js'

export const api: KindDeclaration = {
  kind: 'Api',
  title: 'API',
  plural: 'APIs',
  summary: 'An interface that a service offers, from an OpenAPI file or API Management.',
  icon: 'api',
  says: ['api', 'interface', 'endpoint'],
  properties: {
    ...described,
    version: text('Version'),
    form: {
      ...text('Type', 'type', 'protocol'),
      values: ['openapi', 'asyncapi', 'graphql', 'grpc', 'soap', 'websocket'],
    },
    specification: text('Specification', 'openapi version', 'spec'),
    lifecycle: text('Lifecycle', 'life cycle'),
    operations: countOf('Operations', 'operations', 'endpoints', 'routes'),
    paths: { type: 'list', title: 'Paths', says: ['path', 'route'] },
    servers: { type: 'list', title: 'Servers', says: ['server', 'base url'] },
    security: { type: 'list', title: 'Security', says: ['authentication', 'auth'] },
    deprecated: { type: 'boolean', title: 'Deprecated', says: ['deprecated', 'outdated'] },
    tags: { type: 'list', title: 'Tags', says: ['tag'] },
    links: { type: 'data', title: 'Links' },
    file: text('File'),
    gateway: text('Gateway', 'api management'),
    address: { type: 'text', title: 'Published at', says: ['gateway url', 'published at', 'public address'] },
    revision: text('Revision'),
    products: { type: 'list', title: 'Products', says: ['product', 'api product'] },
    /** Every gateway and version, the most important first: `{api, gateway, environment, address, version, revision, products, needsKey}`. */
    publications: { type: 'data', title: 'Publications' },
    subscriptionRequired: { type: 'boolean', title: 'Needs a subscription', says: ['subscription required'] },
    license: text('Licence', 'licence', 'license'),
    updated: moment('Updated', 'changed'),
  },
  relations: {
    ownedBy: ['Team', 'Person'],
    partOf: ['Service', 'Resource', 'Api'],
    declaredBy: ['Repository'],
    dependsOn: ['Service', 'Resource'],
  },
  facts: ['ownedBy', 'providedBy', 'partOf', 'version', 'form', 'operations', 'lifecycle', 'security', 'deprecated'],
  sections: [
    { title: 'Used by', steps: ['consumedBy', 'usedBy'] },
    { title: 'Depends on', steps: ['dependsOn'] },
    { title: 'Declared in', steps: ['declaredBy'] },
  ],
  next: [
    { ask: 'owner' },
    { ask: 'show', of: 'providedBy' },
    { ask: 'show', of: 'partOf' },
    { ask: 'on-call', of: 'providedBy' },
    { ask: 'on-call', of: 'partOf' },
  ],
  ownable: true,
}
