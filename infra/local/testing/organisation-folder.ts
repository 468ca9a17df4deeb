import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A small organisation as its files; each is valid. */
export const smallFiles: Record<string, string> = {
  'organisation.yaml': `name: Tailspin Toys
domain: tailspin.example
github: { organisation: tailspin }
azureDevOps:
  organisation: tailspin
  projects:
    - name: Toys
subscriptions:
  - { id: tailspin-dev, name: Tailspin development, environment: development }
  - { id: tailspin-prd, name: Tailspin production, environment: production }
regions: [westeurope, northeurope]
channels:
  - { id: incidents, name: Incidents }
groups:
  - { id: nexus-admins, name: Nexus admins, members: [ada] }
`,
  'people.yaml': `- id: ada
  name: Ada Brandt
  title: Head of platform
  team: platform
  roles: [admin, developer]
  zone: Europe/Berlin
- { id: ben, name: Ben Cole, title: Engineer, team: platform, roles: [developer], zone: America/New_York, manager: ada }
`,
  'teams.yaml': `- id: platform
  name: Platform
  lead: ada
  channels:
    - { id: platform, name: General }
`,
  'services.yaml': `- { id: shop, summary: Sells toys., team: platform, tier: critical, kind: web, dependsOn: [shop-db], repository: shop }
- { id: shop-db, summary: Keeps orders., tier: high, kind: database, versions: { production: "15.4" } }
`,
  'resources.yaml': `- name: app-shop-{env}-{region}
  type: Microsoft.Web/sites
  service: shop
  in: { production: [westeurope, northeurope], development: [westeurope] }
  sku: { name: P1v3, capacity: 3 }
  tags: { owner: platform, env: "{environment}" }
  properties:
    serverFarmId: /subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/Microsoft.Web/serverfarms/plan
    state: Running
    siteConfig: { alwaysOn: true }
  except:
    development: { sku: { name: B1, capacity: 1 }, tags: { owner: null } }
    production/northeurope: { properties: { state: Stopped, siteConfig: { http20: true } }, health: Degraded }
- { name: "sql-shop-{env}/orders", type: Microsoft.Sql/servers/databases, service: shop-db, resourceGroup: "rg-data-{env}", in: { production: [westeurope] } }
`,
  'repositories.yaml': `- name: shop
  host: github
  commits:
    - { by: ben, at: -6d 02:14, message: Fix the till }
  pulls:
    - { number: 7, title: Retry budget, by: ben, reviewers: [ada], opened: -3h, branch: retry }
`,
  'on-call.yaml': `- id: platform
  name: Platform
  team: platform
  zone: Europe/Berlin
  people: [ada, ben]
  start: 2026-01-05T08:00:00+01:00
  turn: { days: 7 }
  handover: "09:00"
  overrides:
    - { person: ben, from: now, to: +2d }
`,
  'incidents.yaml': `- { number: 1, service: shop, title: Till is slow, severity: sev2, opened: -41m }
`,
}

/** Writes an organisation's files, some of them changed or (undefined) left out, to a folder of its own. */
export async function organisationFolder(
  changed: Record<string, string | undefined> = {},
): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = join(await mkdtemp(join(tmpdir(), 'organisation-')), 'tailspin')
  await mkdir(folder)
  for (const [file, text] of Object.entries({ ...smallFiles, ...changed }))
    if (text !== undefined) await writeFile(join(folder, file), text)
  return { folder, remove: () => rm(join(folder, '..'), { recursive: true }) }
}
