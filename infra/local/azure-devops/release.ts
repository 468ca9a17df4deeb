import type { Organisation } from '../organisation/model.js'

/** A classic release: one version of a service on its way through the environments. Times are milliseconds since 1970. */
export interface Release {
  id: number
  definition: number
  name: string
  project: string
  service: string
  version: string
  by: string
  created: number
  stages: Stage[]
}

/** A release's environment, and who has to approve what goes there. */
export interface Stage {
  id: number
  name: string
  approval: {
    id: number
    approver: string
    status: 'pending' | 'approved' | 'rejected' | 'skipped'
    comment: string
    decided?: number
  }
  /** When the deployment began; absent while it waits or is refused. */
  deployed?: number
}

/** Seconds that a deployment takes. */
const DEPLOYMENT = 180

/** Pipelines of a service that runs in at least two environments release it. */
export const releasingPipelines = (org: Organisation) =>
  org.pipelines.flatMap((pipeline, index) => {
    const service = org.services.find(({ id }) => id === pipeline.service)
    const environments = service ? Object.keys(service.versions) : []
    return service && environments.length >= 2 ? [{ id: index + 1, pipeline, service, environments }] : []
  })

/**
 * One release a pipeline: the version of its first environment. Where a later environment still runs another version,
 * its approval is pending with the team's lead, which is the gate that somebody has to decide.
 */
export function seedReleases(org: Organisation, now: number): Release[] {
  return releasingPipelines(org).map(({ id, pipeline, service, environments }): Release => {
    const version = service.versions[environments[0]!]!
    const lead = org.teams.find((team) => team.id === service.team)?.lead ?? org.people[0]!.id
    const created = Math.min(now, ...pipeline.runs.map(({ at }) => Date.parse(at)).slice(-1))
    const stages = environments.map((name, index): Stage => {
      const there = service.versions[name] === version
      const approval = {
        id: id * 10 + index,
        approver: lead,
        comment: '',
        status: index === 0 ? 'skipped' : there ? 'approved' : 'pending',
      } as const
      return {
        id: id * 10 + index,
        name,
        approval: { ...approval },
        ...(there && { deployed: created + index * 3_600_000 }),
      }
    })
    return {
      id,
      definition: id,
      name: `Release-${version}`,
      project: pipeline.project,
      service: service.id,
      version,
      by: pipeline.runs.at(-1)?.by ?? lead,
      created,
      stages,
    }
  })
}

/** Where a stage stands at a moment; environments wait for the one before. */
export function stageStatus({ stages }: Release, stage: Stage, now: number): string {
  if (stage.approval.status === 'rejected') return 'rejected'
  if (stage.deployed !== undefined) return now >= stage.deployed + DEPLOYMENT * 1000 ? 'succeeded' : 'inProgress'
  return stages.slice(0, stages.indexOf(stage)).every(({ deployed }) => deployed !== undefined)
    ? 'queued'
    : 'notStarted'
}
