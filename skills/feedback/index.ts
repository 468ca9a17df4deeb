import { choice, optional } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { listFeedback } from './list-feedback.js'
import { says } from './says.js'

export default defineSkill({
  name: 'feedback',
  summary: 'What people said of answers, by thumbs.',
  order: 95,
  uses: ['records'],
  commands: {
    list: {
      summary: 'Thumbs that people gave to answers',
      says: says.list,
      args: {
        which: optional(
          choice('which', ['down', 'up'], {
            negative: 'down',
            bad: 'down',
            disliked: 'down',
            'thumbs-down': 'down',
            positive: 'up',
            good: 'up',
            liked: 'up',
            'thumbs-up': 'up',
          }),
        ),
      },
      effect: 'read',
      role: 'platform-engineer',
      run: ({ which }, turn) => listFeedback(which, turn),
    },
  },
})
