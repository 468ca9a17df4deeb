import { storedClaim, type CatalogRecord } from '../../../bot/store/read-model/catalog-record.js'
import type { Json, Kind, Ref, RelationType } from '../../../skills/kit/model.js'
import { askedAt, kindOf, refOf, teamOf } from './catalog-world.js'

/** People who ask for their state. */
export const people = 40
/** Entities of a team. */
const ofTeam = 100
const day = 86_400_000
const daysAgo = (days: number): string => new Date(Date.parse(askedAt) - days * day).toISOString()

export const personOf = (n: number): Ref => ({ kind: 'Person', id: `person-${n % people}` })

/**
 * What people have to do with an organisation of so many entities: each is in a team, which owns 20 services and 60 resources; of each
 * service there are a repository with its pipeline and six deployments of this month, of each team 2 open incidents and 10 that are over;
 * each person has 3 reviews to do, 5 open and 4 merged pull requests, and 6 work items.
 */
export function peopleRecords(size: number): CatalogRecord[] {
  const teams = Math.ceil(size / ofTeam)
  const ofPeople = Array.from({ length: people }, (_, n) => {
    const team = n % teams
    const made = [
      ...several(3, (i) => record('PullRequest', `review-${n}-${i}`, { state: 'open' }, [['reviewBy', personOf(n)]])),
      ...several(5, (i) => record('PullRequest', `pull-${n}-${i}`, { state: 'open' }, [['authoredBy', personOf(n)]])),
      ...several(4, (i) => mergedPull(n, i, serviceOf(team, i))),
      ...several(6, (i) => record('WorkItem', `work-${n}-${i}`, { state: 'Active' }, [['assignedTo', personOf(n)]])),
    ]
    const member = record('Person', personOf(n).id, {}, [['memberOf', { kind: 'Team', id: teamOf(team * ofTeam) }]])
    return [member, ...made]
  })
  const ofTeams = Array.from({ length: Math.min(teams, people) }, (_, team) => [
    record('Team', teamOf(team * ofTeam), {}, []),
    ...several(12, (i) => incident(team, i)),
    ...services(team).flatMap((service, place) => deliveryOf(service, team, place)),
  ])
  return [...ofPeople, ...ofTeams].flat()
}

const several = <T>(count: number, make: (place: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))

/** The services of a team among the entities of the catalog's world. */
const services = (team: number): Ref[] =>
  several(ofTeam, (i) => team * ofTeam + i)
    .filter((n) => kindOf(n) === 'Service')
    .map(refOf)
const serviceOf = (team: number, place: number): Ref => services(team)[place]!

const repositoryOf = ({ id }: Ref): Ref => ({ kind: 'Repository', id: `code-${id}` })

const mergedPull = (n: number, place: number, service: Ref): CatalogRecord =>
  record(
    'PullRequest',
    `merged-${n}-${place}`,
    { state: 'merged', opened: daysAgo(20 + place), merged: daysAgo(19 + place) },
    [
      ['authoredBy', personOf(n)],
      ['partOf', repositoryOf(service)],
    ],
  )

const incident = (team: number, place: number): CatalogRecord =>
  record(
    'Incident',
    `incident-${team}-${place}`,
    {
      title: 'Slow',
      severity: 'sev3',
      opened: daysAgo(place + 1),
      ...(place < 2 ? { state: 'triggered' } : { state: 'resolved', resolved: daysAgo(place + 0.9) }),
    },
    [['affects', serviceOf(team, place)]],
  )

function deliveryOf(service: Ref, team: number, place: number): CatalogRecord[] {
  const repository = repositoryOf(service)
  return [
    record('Repository', repository.id, {}, [['ownedBy', { kind: 'Team', id: teamOf(team * ofTeam) }]]),
    record('Pipeline', `pipeline-${service.id}`, { state: 'succeeded' }, [['builtFrom', repository]]),
    ...several(6, (i) =>
      record(
        'Deployment',
        `deployment-${service.id}-${i}`,
        { state: i ? 'succeeded' : 'failed', environment: 'prd', started: daysAgo(4 * i + 1), version: `1.${i}` },
        [
          ['deploys', service],
          ['builtFrom', repository],
          ['authoredBy', personOf(team + place)],
        ],
      ),
    ),
  ]
}

function record(
  kind: Kind,
  id: string,
  props: Record<string, Json>,
  relations: [type: RelationType, to: Ref][],
): CatalogRecord {
  const claim = { kind, id, name: id, props, relations: relations.map(([type, to]) => ({ type, to })) }
  return { kind, id, claims: { github: storedClaim(claim, daysAgo(5)) }, since: daysAgo(5) }
}
