import type { Row } from '../../cards/model.js'
import type { Question } from '../../skills/kit/question.js'
import type { Button, Intent } from '../../skills/kit/reply.js'
import type { Outcome } from './outcome.js'

/** Asks what a command wants to know, a row to tap for each answer: the same intent with what was chosen. */
export function askQuestion(intent: Intent, { message, choices, wayOn }: Question): Outcome {
  const rows = choices.map(({ title, detail, args }): Row<Button> => ({
    title: [{ strong: title }],
    ...(detail && { detail }),
    select: { title, intent: { ...intent, args: { ...intent.args, ...args } } },
  }))
  const said = choices.map(({ title }) => title).join(', ')
  return {
    outcome: 'ask',
    command: intent.command,
    args: intent.args,
    reply: {
      text: [message, said && `There is ${said}.`, wayOn].filter(Boolean).join(' '),
      card: {
        state: 'accent',
        icon: 'unknown',
        topic: 'Question',
        title: message,
        ...(wayOn && { sentence: wayOn }),
        sections: [{ kind: 'rows', rows }],
      },
    },
  }
}
