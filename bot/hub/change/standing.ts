import { Fault } from '../../../skills/kit/errors.js'
import type { Decision } from '../../../skills/kit/plan.js'
import type { People } from '../../../skills/kit/ports.js'
import type { Proposal, Vote } from '../../../skills/kit/proposal.js'
import type { Caller } from '../caller.js'
import type { Registered } from '../registry.js'
import type { Change } from './change.js'
import type { ChangesParts } from './changes.js'
import type { Standing } from './decide-start.js'
import { planHash } from './plan-hash.js'

/** What finding out how things stand needs. */
export interface StandingParts extends Pick<
  ChangesParts,
  'book' | 'policy' | 'permission' | 'clock' | 'digest' | 'mayChange' | 'guards' | 'steps'
> {
  people: Pick<People, 'get'>
}

const yes = (reason: string): Decision => ({ allowed: true, reason })
const no = (reason: string): Decision => ({ allowed: false, reason })

/**
 * Finds out how things stand at the moment of a start: the plan made anew as its asker, and everybody's permission asked again.
 * @throws Fault Unavailable where a vendor does not answer
 */
export function createStanding(parts: StandingParts): (change: Change) => Promise<Standing> {
  const { people, permission, steps } = parts

  async function approver({ by, stage }: Vote, { stages }: Proposal): Promise<Decision> {
    const person = await people.get(by.id)
    if (!person) return no(`${by.name}, who approved it, is not in the directory any more.`)
    const decision = await permission.fitting(stages[stage]!.who, person)
    return decision.allowed ? decision : no(`${by.name} approved it, and may not any more.`)
  }

  /** Of two proposals that take the same change back one counts, the one that it names. */
  async function notUndoneTwice({ id, undoes }: Proposal): Promise<Decision> {
    const undoneBy = undoes === undefined ? id : (await parts.book.get(undoes))?.change.proposal.undoneBy
    return undoneBy === id ? yes('It is the one.') : no(`${undoneBy ?? 'Another proposal'} undoes ${undoes} already.`)
  }

  async function asker({ by, place, intent }: Proposal): Promise<{ caller: Caller; found: Registered } | Decision> {
    const person = await people.get(by.id)
    if (!person) return no(`${by.name}, who asked for it, is not in the directory any more.`)
    try {
      return { caller: { person, place }, found: steps().find(intent.command, person) }
    } catch (error) {
      if (error instanceof Fault) return no(`${by.name} asked for it, and may not any more: ${error.message}`)
      throw error
    }
  }

  async function plan(proposal: Proposal, caller: Caller): Promise<Standing['fresh']> {
    try {
      const { command } = proposal.intent
      const planned = await steps().plan(proposal.intent, caller)
      const asked = await parts.guards(command, planned, caller.person)
      const fresh = { ...planned, guards: [...planned.guards, ...asked] }
      const { version } = await parts.policy()
      return {
        plan: fresh,
        policyVersion: version,
        hash: planHash(command, fresh, version, parts.digest),
      }
    } catch (error) {
      if (error instanceof Fault && error.code !== 'Unavailable') return { impossible: error.message }
      throw error
    }
  }

  return async ({ proposal }) => {
    const votes = proposal.votes.filter(({ verdict }) => verdict === 'approve')
    const approvers = await Promise.all(votes.map((vote) => approver(vote, proposal)))
    const asked = await asker(proposal)
    if ('allowed' in asked)
      return { at: parts.clock.now(), asker: asked, approvers, admitted: yes(''), fresh: { impossible: asked.reason } }
    const undone = await notUndoneTwice(proposal)
    const fresh = await plan(proposal, asked.caller)
    const admitted = undone.allowed
      ? await parts.mayChange(asked.found, 'plan' in fresh ? fresh.plan : undefined)
      : undone
    return { at: parts.clock.now(), asker: yes('They may ask for it.'), approvers, admitted, fresh }
  }
}
