import type { Organisation } from '../organisation/model.js'

type Person = Organisation['people'][number]
type Team = Organisation['teams'][number]
type Service = Organisation['services'][number]

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
    person('dana', 'Dana Ortiz', { team: 'identity', roles: ['team-lead'], phone: '+49 30 5550101' }),
    person('lee', 'Lee Park', { team: 'identity', zone: 'America/New_York' }),
    person('mei', 'Mei Lin', { team: 'identity', roles: ['platform-engineer'], zone: 'Asia/Singapore' }),
    person('sam', 'Sam Abara', { team: 'payments', roles: ['team-lead', 'admin'], zone: 'Europe/London' }),
    person('gus', 'Gus Guest', { zone: 'Europe/Paris', guest: true }),
  ],
  teams: [team('identity', 'Identity', 'dana'), team('payments', 'Payments', 'sam')],
  services: [
    service('auth-api', { team: 'identity' }),
    service('token-cache', { team: 'identity' }),
    service('payments', { team: 'payments' }),
    service('legacy-batch', { paged: false }),
  ],
  resources: [],
  apiManagement: [],
  repositories: [],
  pipelines: [],
  workItems: [],
  schedules: [],
  incidents: [],
  costs: [],
  ...over,
})

/** A developer in Berlin without a team, or as `over` says. */
export const person = (id: string, name: string, over: Partial<Person> = {}): Person => ({
  id,
  name,
  title: 'Engineer',
  roles: ['developer'],
  zone: 'Europe/Berlin',
  locale: 'en-GB',
  guest: false,
  github: `${id}-nw`,
  ...over,
})

/** A team with one channel, `General`, which has the team's id. */
export const team = (id: string, name: string, lead: string, over: Partial<Team> = {}): Team => ({
  id,
  name,
  summary: '',
  lead,
  channels: [{ id, name: 'General' }],
  ...over,
})

/** An API that nobody owns and nothing runs, or as `over` says. */
export const service = (id: string, over: Partial<Service> = {}): Service => ({
  id,
  name: id,
  aliases: [],
  summary: `The ${id} service`,
  tier: 'high',
  kind: 'api',
  dependsOn: [],
  versions: {},
  paged: true,
  ...over,
})
