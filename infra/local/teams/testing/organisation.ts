import type { Organisation } from '../../organisation/model.js'

const person = (id: string, name: string, team: string | undefined, zone: string): Organisation['people'][number] => ({
  id,
  name,
  title: 'Engineer',
  ...(team ? { team } : {}),
  roles: ['developer'],
  zone,
  locale: 'en-GB',
  guest: false,
})

/** Four people, two teams, three channels: enough to talk in. */
export const smallOrganisation = (): Organisation => ({
  generation: '1',
  name: 'Contoso',
  domain: 'contoso.example',
  tenant: '7d1b6e7c-0a51-5a60-9f0b-6d2a4c0e1f11',
  github: { organisation: 'contoso' },
  azureDevOps: { organisation: 'contoso', projects: [] },
  subscriptions: [],
  regions: ['westeurope'],
  channels: [{ id: 'incidents', name: 'Incidents' }],
  groups: [],
  people: [
    person('dana', 'Dana Ortiz', 'identity', 'Europe/Berlin'),
    person('lee', 'Lee Park', 'identity', 'Asia/Seoul'),
    person('mei', 'Mei Lin', 'payments', 'America/Los_Angeles'),
    person('sam', "Sam O'Neil", undefined, 'Europe/London'),
  ],
  teams: [
    {
      id: 'identity',
      name: 'Identity',
      summary: '',
      lead: 'dana',
      channels: [
        { id: 'identity', name: 'General' },
        { id: 'identity-ops', name: 'Ops' },
      ],
    },
    { id: 'payments', name: 'Payments', summary: '', lead: 'mei', channels: [{ id: 'payments', name: 'General' }] },
  ],
  services: [],
  resources: [],
  repositories: [],
  pipelines: [],
  workItems: [],
  schedules: [],
  incidents: [],
  costs: [],
})
