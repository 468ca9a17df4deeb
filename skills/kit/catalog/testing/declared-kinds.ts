import type { KindDeclaration } from '../kind-declaration.js'

const kind = (name: string, rest: Pick<KindDeclaration, 'properties'> & Partial<KindDeclaration>): KindDeclaration => ({
  kind: name,
  title: name,
  plural: `${name}s`,
  summary: `A ${name}.`,
  icon: 'resource',
  says: [],
  relations: {},
  facts: [],
  sections: [],
  next: [],
  ...rest,
})

const environment = { type: 'text', title: 'Environment', values: ['staging', 'production'] } as const

/** A few kinds with a property of every type, for tests of the filter language. */
export const declaredKinds: readonly KindDeclaration[] = [
  kind('Service', {
    says: ['app'],
    properties: {
      tier: { type: 'ordered', title: 'Tier', values: ['low', 'medium', 'high', 'critical'] },
      summary: { type: 'text', title: 'Summary' },
      languages: { type: 'list', title: 'Languages' },
    },
    relations: { dependsOn: ['Service', 'Resource'], ownedBy: ['Team'] },
  }),
  kind('Resource', {
    title: 'Azure resource',
    plural: 'Azure resources',
    says: ['resource', { word: 'database', where: 'type contains sql' }],
    properties: {
      type: { type: 'text', title: 'Type' },
      environment,
      lastBackup: { type: 'instant', title: 'Last backup', says: ['backed up', 'backup'] },
      cost: { type: 'number', title: 'Cost', unit: 'EUR' },
      public: { type: 'boolean', title: 'Public' },
      tags: { type: 'map', title: 'Tags' },
    },
    relations: { partOf: ['Service'], ownedBy: ['Team'] },
  }),
  kind('Team', { properties: { summary: { type: 'text', title: 'Summary' } }, relations: { leadBy: ['Person'] } }),
  kind('Person', {
    title: 'Person',
    plural: 'People',
    properties: { phone: { type: 'text', title: 'Phone', personal: true } },
    relations: { memberOf: ['Team'] },
  }),
]
