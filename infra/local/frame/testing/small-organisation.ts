import type { Organisation } from '../../organisation/model.js'

/** An organisation small enough to reason about in a test; give what a test needs otherwise. */
export const smallOrganisation = (over: Partial<Organisation> = {}): Organisation => ({
  generation: 'test',
  name: 'Northwind',
  domain: 'northwind.example',
  tenant: '5f0c0b5a-6f0e-4a53-9d61-0f0f6b4f8f10',
  github: { organisation: 'northwind' },
  azureDevOps: {
    organisation: 'northwind',
    projects: [
      { name: 'Shop', description: 'What customers see' },
      { name: 'Platform', description: '' },
    ],
  },
  subscriptions: [],
  regions: ['westeurope'],
  channels: [],
  groups: [],
  people: [
    person('dana', 'Dana Ortiz', 'identity', ['team-lead'], 'Europe/Berlin', '+49 30 5550101'),
    person('lee', 'Lee Park', 'identity', ['developer'], 'America/New_York'),
    person('mei', 'Mei Lin', 'identity', ['platform-engineer'], 'Asia/Singapore'),
    person('sam', 'Sam Abara', 'payments', ['team-lead', 'admin'], 'Europe/London'),
    { ...person('gus', 'Gus Guest', undefined, ['developer'], 'Europe/Paris'), guest: true },
  ],
  teams: [
    {
      id: 'identity',
      name: 'Identity',
      summary: 'Who you are',
      lead: 'dana',
      channels: [{ id: 'identity', name: 'Identity' }],
    },
    { id: 'payments', name: 'Payments', summary: '', lead: 'sam', channels: [{ id: 'payments', name: 'Payments' }] },
  ],
  services: [
    service('auth-api', 'identity'),
    service('token-cache', 'identity'),
    service('payments', 'payments'),
    { ...service('legacy-batch', undefined), paged: false },
  ],
  resources: [],
  repositories: [],
  pipelines: [],
  workItems: [],
  schedules: [],
  incidents: [],
  costs: [],
  ...over,
})

function person(
  id: string,
  name: string,
  team: string | undefined,
  roles: Organisation['people'][number]['roles'],
  zone: string,
  phone?: string,
): Organisation['people'][number] {
  return {
    id,
    name,
    title: 'Engineer',
    roles,
    zone,
    locale: 'en-GB',
    guest: false,
    github: `${id}-nw`,
    ...(team && { team }),
    ...(phone && { phone }),
  }
}

function service(id: string, team: string | undefined): Organisation['services'][number] {
  const base = { id, name: id, aliases: [], summary: `The ${id} service`, tier: 'high', kind: 'api' } as const
  return { ...base, aliases: [], dependsOn: [], versions: {}, paged: true, ...(team && { team }) }
}
