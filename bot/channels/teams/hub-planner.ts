import type { Application, Plan, Planner, TurnState } from '@microsoft/teams-ai'
import { AI } from '@microsoft/teams-ai/lib/AI.js'
import type { TurnContext } from 'botbuilder'

/** Name of the one action the planner plans: say what the hub's turn came to. */
const answer = 'nexus.answer'

/** Answers one message in its turn; everything that was understood, permitted and run is behind it. */
export type AnswerMessage = (context: TurnContext) => Promise<void>

/**
 * teams-ai's Planner over Nexus's own turn: a task is one message, its plan the hub's answer, and there is nothing to continue.
 * Errors are thrown on, because teams-ai's own error actions would answer 200 and say nothing.
 */
export function useHubPlanner(app: Application<TurnState>, answerMessage: AnswerMessage): void {
  app.ai.action(answer, async (context) => {
    await answerMessage(context)
    return AI.StopCommandName
  })
  app.ai.action(AI.HttpErrorActionName, (_context, _state, error) => {
    throw error instanceof Error ? error : new Error('the turn failed')
  })
}

/** The planner to give to the application. */
export const hubPlanner: Planner<TurnState> = {
  beginTask: () => Promise.resolve(plan),
  continueTask: () => Promise.resolve({ type: 'plan', commands: [] }),
}

const plan: Plan = {
  type: 'plan',
  commands: [{ type: 'DO', action: answer, parameters: {} } as Plan['commands'][number]],
}
