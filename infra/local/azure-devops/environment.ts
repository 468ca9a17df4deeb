import type { Organisation } from '../organisation/model.js'
import type { Build, Environment } from './state.js'

/** Environments of the projects' pipelines: one of a name in each project, with the approvers of each pipeline. */
export function seedEnvironments(org: Organisation, nextId: () => number): Environment[] {
  const environments: Environment[] = []
  org.pipelines.forEach(({ project, environments: declared = [] }, index) => {
    for (const { name, approvers = [] } of declared) {
      let known = environments.find((each) => each.name === name && each.project === project)
      if (!known) environments.push((known = { id: nextId(), name, project, approvers: {} }))
      known.approvers[index + 1] = approvers
    }
  })
  return environments
}

/** What a run that waits for approval is held up by. */
export const isWaiting = ({ approval, cancelled }: Build): boolean =>
  approval?.status === 'pending' && cancelled === undefined
