import { randomUUID } from 'node:crypto'
import type { VendorRequest } from '../frame/router.js'
import { iso, Refusal } from './answers.js'
import { buildDocuments } from './build-documents.js'
import { tellOfApproval, tellWhenDone } from './environment-operations.js'
import type { Server } from './server.js'
import { commitOf, type Build, type Definition } from './state.js'

/** Queues a run of a pipeline on a branch, the pipeline's own where none is named. @throws Refusal where there is no such branch */
export function queueBuild(
  server: Server,
  request: VendorRequest,
  definition: Definition,
  ref: string | undefined,
  parameters: Record<string, string>,
): Build {
  const repository = buildDocuments(server).repositoryOf(definition)
  const branch = (ref ?? repository.defaultBranch).replace(/^(?!refs\/)/, 'refs/heads/')
  const own = server.state.repositories.find(({ id }) => id === repository.id)
  if (own && !own.git.branches[branch.replace('refs/heads/', '')])
    throw new Refusal(
      400,
      'PipelineValidationException',
      `Could not find the branch ${branch} in the repository ${repository.name}.`,
    )
  const now = server.now()
  const past = server.state.builds.filter((build) => build.definition === definition.id)
  const day = iso(now).slice(0, 10).replaceAll('-', '')
  const today = past
    .filter(({ number }) => number.startsWith(`${day}.`))
    .map(({ number }) => Number(number.split('.')[1]))
  const build: Build = {
    ...{ id: server.nextId(), definition: definition.id, number: `${day}.${Math.max(0, ...today) + 1}`, queued: now },
    ...{
      by: server.caller(request),
      seconds: past.at(-1)?.seconds ?? 180,
      result: 'succeeded',
      reason: 'manual',
      branch,
      parameters,
    },
    sha: commitOf(server.state.repositories, definition, branch, now),
    ...destination(server, definition, parameters.environment),
  }
  server.state.builds.push(build)
  server.save()
  if (build.approval) tellOfApproval(server, build, 'ms.vss-pipelinechecks-events.approval-pending')
  else tellWhenDone(server, build)
  return build
}

/** Where a run goes: the environment that its parameter `environment` names, behind its approvers where it has some. */
function destination(
  server: Server,
  definition: Definition,
  name: string | undefined,
): Pick<Build, 'environment' | 'approval'> {
  const into = server.state.environments.find(
    (each) => each.project === definition.project && each.name === name && definition.id in each.approvers,
  )
  const approvers = into?.approvers[definition.id] ?? []
  return {
    ...(into && { environment: into.id }),
    ...(approvers.length && { approval: { id: randomUUID(), approvers, status: 'pending' as const, comment: '' } }),
  }
}
