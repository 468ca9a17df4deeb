import { uuidOf } from '../frame/ids.js'
import type { Organisation } from '../organisation/model.js'

const domain = 'tailspin.example'
const person = (id: string, name: string, rest: Partial<Organisation['people'][number]> = {}) => ({
  id,
  name,
  title: 'Engineer',
  team: 'platform',
  roles: ['developer' as const],
  zone: 'Europe/Berlin',
  locale: 'en-GB',
  guest: false,
  ...rest,
})

/** An organisation of four people and two teams, for tests of what serves it; parts may be replaced. */
export const smallOrganisation = (parts: Partial<Organisation> = {}): Organisation => ({
  generation: 'test',
  name: 'Tailspin Toys',
  domain,
  tenant: uuidOf(`${domain}/tenant`),
  github: { organisation: 'tailspin' },
  azureDevOps: { organisation: 'tailspin', projects: [{ name: 'Toys', description: '' }] },
  subscriptions: [
    {
      id: uuidOf(`${domain}/subscription/tailspin-prd`),
      key: 'tailspin-prd',
      name: 'Tailspin production',
      environment: 'production',
    },
  ],
  regions: ['westeurope'],
  channels: [{ id: 'incidents', name: 'Incidents' }],
  groups: [{ id: 'nexus-admins', name: 'Nexus admins', members: ['ada'] }],
  people: [
    person('ada', 'Ada Brandt', { title: 'Head of platform', roles: ['admin', 'developer'], phone: '+49 30 5550101' }),
    person('ben', 'Ben Cole', { manager: 'ada', zone: 'America/New_York', github: 'bencole' }),
    person('chi', 'Chi Adeyemi', { team: 'shop', manager: 'ada', roles: ['team-lead'] }),
    person('dee', "Dee O'Neil", { team: 'shop', manager: 'chi', guest: true }),
  ],
  teams: [
    {
      id: 'platform',
      name: 'Platform',
      summary: 'Keeps it running.',
      lead: 'ada',
      channels: [{ id: 'platform', name: 'General' }],
    },
    { id: 'shop', name: 'Shop', summary: 'Sells toys.', lead: 'chi', channels: [{ id: 'shop', name: 'General' }] },
  ],
  services: [],
  resources: [],
  repositories: [],
  pipelines: [],
  workItems: [],
  schedules: [],
  incidents: [],
  costs: [],
  ...parts,
})
