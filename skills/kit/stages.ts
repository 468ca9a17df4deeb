import type { Proposal, Stage, Vote } from './proposal.js'

/** The votes that approve a stage. */
export const approvalsOf = ({ votes }: Pick<Proposal, 'votes'>, stage: number): Vote[] =>
  votes.filter((vote) => vote.stage === stage && vote.verdict === 'approve')

/** Number of the first stage that has not yet the approvals it needs; the number of stages where all have. */
export function presentStage(proposal: Pick<Proposal, 'stages' | 'votes'>): number {
  const open = proposal.stages.findIndex(({ need }, stage) => approvalsOf(proposal, stage).length < need)
  return open < 0 ? proposal.stages.length : open
}

/** The stage that waits now, where one does. */
export const openStage = (proposal: Pick<Proposal, 'stages' | 'votes'>): Stage | undefined =>
  proposal.stages[presentStage(proposal)]
