import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import { lineWords } from './text-lines.js'

/** Kinds that are listed by commands of their own; only what is said of their properties asks the catalog. */
const listedElsewhere = new Set(
  'Incident PullRequest WorkItem Pipeline Deployment Environment Runbook Schedule Proposal Run Change'.split(' '),
)

/** What is asked of the kinds that are asked for most, in words that their declarations do not have. */
const sayings = new Map(
  Object.entries({
    Service: `
      unowned services
      services without owner
      services no owner
      services owned by <Team>
      services does <Team> own
      services of mine
      services are written in python
      java services
      services written with go
      services use <Resource>
      services with direct dependency on <Service>
      services call <Service>
      services nobody uses
      services without runbook
      services lack slo
      critical services without runbook
      tier critical services of <Team>
      services with open incidents
      services had incident <time>
      services deployed <time>
    `,
    Resource: `
      resources nobody owns
      resources that nobody owns
      everything in northeurope
      anything with last backup older than <duration>
      everything of <Team>
      everything that is public
      <Environment> resources not backed up <duration>
      <Environment> databases not backed up in <duration>
      databases have not been backed up <time>
      databases whose last backup is older than <duration>
      <Environment> in northeurope
      <Environment> eastus2
      postgres servers below <number>
      aks clusters older than version <number>
      tls below <number>
      resources with tls below <number>
      storage accounts open to internet
      key vaults are public
      stopped machines in <Environment>
      deallocated vms
      resources tagged with cost center
      resources without tags
      resources cost more than <number> eur
      <Environment> over <number> eur
      resources with alerts firing
      certificates expire in <duration>
      resources keep backups fewer than <duration>
      redis in westeurope or northeurope
      resources created <time>
      anything unavailable
      machines with public ip
      disks not attached
    `,
    Repository: `
      repositories does <Team> have
      repos without branch protection
      repositories with vulnerabilities
      repos in python
      archived repositories
    `,
    Team: `
      teams without lead
      teams own most services
      teams have more than <number> incidents
    `,
    Person: `
      people in <Team>
      people of <Team> without shift
    `,
  }).map(([kind, lines]) => [kind, lineWords(lines)] as const),
)

/** Questions for things of the catalog, as kinds and their properties are called. */
export const questionsForThings: string[][] = builtInKinds.flatMap(({ kind, plural, says, properties }) => {
  const many = plural.toLowerCase().split(' ')
  const spoken = says.map((one) => `${typeof one === 'string' ? one : one.word}s`.split(' '))
  const told = Object.values(properties).filter(({ type, personal }) => type !== 'data' && !personal)
  const having = told
    .slice(0, 6)
    .map(({ title: property, says: others = [] }, at) => [
      ...(spoken[at % Math.max(1, spoken.length)] ?? many),
      ...(at % 2 ? ['without'] : ['with']),
      ...(others[0] ?? property).toLowerCase().split(' '),
    ])
  if (listedElsewhere.has(kind)) return having
  return [
    many,
    ...spoken.map((word) => ['<Environment>', ...word]),
    [...many, 'in', '<Environment>'],
    [...(spoken[0] ?? many), 'of', '<Team>'],
    ...spoken.slice(0, 3).map((word) => [...word, 'in', 'westeurope']),
    ['which', ...many, 'have', 'no', 'owner'],
    ['which', ...many, 'depend', 'on', '<Service>'],
    ['<Team>', ...many],
    ...having,
    ...told.flatMap(({ values = [] }) => values.slice(0, 2).map((value) => [value.toLowerCase(), ...many])),
    ...(sayings.get(kind) ?? []),
  ]
})
