import { badInput } from '../kit/errors.js'
import type { Entity } from '../kit/model.js'
import type { Plan, Step } from '../kit/plan.js'
import type { StepTurn, Turn } from '../kit/ports.js'
import type { EnrichPorts, EnrichState } from './enrich-entity.js'

/** Plans the way back: the pull request is closed, its branch deleted. */
export async function planRetraction(
  { repository, branch }: { repository: Entity; branch: string },
  turn: Turn<EnrichPorts>,
): Promise<Plan> {
  if (!/^nexus\/[a-z0-9][a-z0-9-]*$/.test(branch))
    throw badInput(`${branch} is no branch of Nexus's own.`, 'Nexus closes only pull requests that it opened.')
  const pull = await turn.declarations.find(repository, branch)
  if (!pull) throw badInput(`There is no pull request of ${branch} in ${repository.name}.`)
  if (pull.state !== 'open') throw badInput(`Pull request ${repository.name}#${pull.number} is ${pull.state} already.`)
  const target = { kind: repository.kind, id: repository.id }
  return {
    target,
    title: `Close pull request ${repository.name}#${pull.number}`,
    consequence: 'What it proposed stays as it is in the file; its branch is deleted.',
    args: { repository: target, branch, number: pull.number, name: repository.name },
    before: { 'Pull request': 'open' },
    after: { 'Pull request': 'closed' },
    binds: { 'Pull request': 'open' },
    guards: [],
    undo: { impossible: 'The branch is deleted. Say it again, and a new pull request is opened.' },
    risk: 'low',
    requests: [`close ${pull.url}`, `delete branch ${branch}`],
  }
}

/** Closes it; sent again it changes nothing more. */
export async function stepRetraction(
  plan: Plan,
  _state: EnrichState | undefined,
  turn: StepTurn<EnrichPorts>,
): Promise<Step<EnrichState>> {
  const { branch, number, name } = plan.args as unknown as { branch: string; number: number; name: string }
  const state = { sent: turn.now }
  if (turn.unanswered) {
    const pull = await turn.declarations.find(plan.target, branch)
    if (!pull || pull.state === 'open') {
      const message = `GitHub gave no answer, and pull request ${name}#${number} is open.`
      return { state, progress: { text: message }, failed: { message } }
    }
  } else await turn.attempt(() => turn.declarations.close(plan.target, branch))
  const text = `Pull request ${name}#${number} is closed.`
  return { state, progress: { text, ratio: 1 }, done: { 'Pull request': 'closed' } }
}
