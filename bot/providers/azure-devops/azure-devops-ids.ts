import { repositoryRef } from '../../../skills/kit/entity-ids.js'
import type { Ref } from '../../../skills/kit/model.js'

/**
 * How Azure DevOps' things are called in the catalog. All but work items, which have one number in the whole organisation, begin with their
 * project, so that a project's own are found by it. A project is its name; an event may know only its id, which a reading resolves.
 */
const below = (kind: string, project: string, rest: string): Ref => ({
  kind,
  id: `azure-devops/${project.toLowerCase()}/${rest}`,
})

/** What all ids of a project begin with. */
export const prefixOf = (project: string): string => `azure-devops/${project.toLowerCase()}/`

export const adoRepository = (project: string, name: string): Ref => repositoryRef('azure-devops', `${project}/${name}`)
export const pullRef = (repository: Ref, number: number | string): Ref => ({
  kind: 'PullRequest',
  id: `${repository.id}#${number}`,
})
export const pipelineRef = (project: string, id: number | string): Ref => below('Pipeline', project, String(id))
export const runRef = (project: string, id: number | string): Ref => below('Run', project, `runs/${id}`)
/** A classic release pipeline; these and pipelines are numbered apart. */
export const releasePipelineRef = (project: string, id: number | string): Ref =>
  below('Pipeline', project, `release-definitions/${id}`)
/** One environment of a classic release. */
export const releaseRef = (project: string, release: number | string, environment: number | string): Ref =>
  below('Deployment', project, `releases/${release}/${environment}`)
/** One deployment job of a pipeline into an environment. */
export const deploymentRef = (project: string, environment: number | string, record: number | string): Ref =>
  below('Deployment', project, `environments/${environment}/${record}`)
export const workItemRef = (id: number | string): Ref => ({ kind: 'WorkItem', id: `azure-devops/${id}` })

/** The number of a work item's ref. */
export const workItemIn = ({ kind, id }: Ref): number | undefined => {
  const [, number] = kind === 'WorkItem' ? (/^azure-devops\/(\d{1,15})$/.exec(id) ?? []) : []
  return number === undefined ? undefined : Number(number)
}

/** The project, by its name or id, that a ref of ours begins with, and what follows: `commerce` and `runs/1004`. */
export function partsOf({ id }: Ref): { project: string; rest: string } | undefined {
  const [, project, rest] = /^azure-devops\/([^/]+)\/(.+)$/.exec(id) ?? []
  return project && rest ? { project, rest } : undefined
}

/** Protocols of Azure Artifacts by the names that ecosystems have in the catalog. */
const ecosystems: Record<string, string> = { upack: 'universal', pypi: 'pypi', nuget: 'nuget' }
export const ecosystemOf = (protocol: string): string => ecosystems[protocol.toLowerCase()] ?? protocol.toLowerCase()

/** A package, whatever its version and feed. Maven's group and artifact are joined as in a package URL. */
export const packageRef = (ecosystem: string, name: string): Ref => ({
  kind: 'Package',
  id: `${ecosystem}/${name.replace(':', '/').toLowerCase()}`,
})
