import { entity, to } from '../../../bot/hub/testing/small-hub.js'
import type { CatalogRecord } from '../../../bot/store/read-model/catalog-record.js'
import { loadOrganisation } from '../../../infra/local/organisation/load-organisation.js'
import { graphOf, type Graph } from '../correlation.js'
import { began } from './inhabitant.js'

const { services } = await loadOrganisation('infra/local/contoso', new Date(began))

/** Contoso's services as the correlator sees them. */
export const contosoGraph: Graph = graphOf(
  services.flatMap(({ id, dependsOn }) => dependsOn.map((below): [string, string] => [id, below])),
)

/** Ids of Contoso's services. */
export const contosoServices = services.map(({ id }) => id)

const account = (name: string) => ({ objectId: `${name}-object`, zone: 'UTC' })
const shift = (person: string) => [
  { person: `${person}@contoso.example`, from: '2026-11-20T08:00:00.000Z', to: '2026-12-20T08:00:00.000Z' },
]
const person = (id: string, name: string): CatalogRecord => ({
  kind: 'Person',
  id: `${id}@contoso.example`,
  claims: {
    entra: { name, aliases: [], props: account(id), relations: [], at: began },
    github: { name, aliases: [], props: { gitHubLogin: `${id}-p` }, relations: [], at: began },
  },
})

/** Contoso's services with their owners and dependencies, a schedule of Identity that Dana is on, and an incident of PagerDuty's own. */
export const contoso: CatalogRecord[] = [
  ...services.map(({ id, team, dependsOn, runbook }) =>
    entity('Service', id, runbook ? { runbook } : {}, [
      ...dependsOn.map((below) => to('dependsOn', 'Service', below)),
      ...(team ? [to('ownedBy', 'Team', team)] : []),
      ...(team === 'identity' ? [to('onCallBy', 'Schedule', 'identity-primary')] : []),
    ]),
  ),
  ...['identity', 'payments', 'storefront', 'platform', 'atlas', 'data'].map((team) => entity('Team', team)),
  entity('Schedule', 'identity-primary', { shifts: shift('dana'), escalation: [] }),
  person('dana', 'Dana Ortiz'),
  person('lee', 'Lee Park'),
  {
    kind: 'Incident',
    id: 'inc-130',
    claims: {
      pagerduty: {
        name: 'INC-130',
        aliases: [],
        props: {
          ...{ pagerDutyId: 'P130', title: 'Connections at 92 %', state: 'triggered', severity: 'sev2' },
          opened: '2026-11-20T23:00:00.000Z',
        },
        relations: [to('affects', 'Service', 'payments-db')],
        at: began,
      },
    },
  },
]
