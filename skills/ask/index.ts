import { text } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import * as says from './says.js'

export default defineSkill({
  name: 'ask',
  summary: 'Open questions, answered by a model with its sources.',
  order: 95,
  uses: [],
  commands: {
    ask: {
      summary: 'Ask the model an open question',
      says: says.ask,
      args: { question: text('the question', 500) },
      effect: 'read',
      role: 'developer',
      planned: {
        instead: 'No model is connected. Whatever the catalog knows can be searched by words.',
        near: ({ question }) => [
          ...(question
            ? [
                {
                  title: 'Search the catalog',
                  intent: { command: 'search.find', args: { text: question.slice(0, 200) } },
                },
              ]
            : []),
          { title: 'Show what I can do', intent: { command: 'help.show', args: {} } },
        ],
      },
    },
  },
  offers: ['help.show', 'search.find'],
})
