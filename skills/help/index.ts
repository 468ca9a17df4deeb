import { optional, text } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { sayHelp } from './say-help.js'

export default defineSkill({
  name: 'help',
  summary: 'What Nexus can do.',
  order: 1000,
  uses: ['commands'],
  commands: {
    show: {
      summary: 'What I can do for you here',
      says: [
        'help',
        'what can you do',
        'help me',
        'what can i ask',
        'what can i say',
        'show help',
        'commands',
        'list commands',
        'how do you work',
        'what do you do',
        'help with {topic}',
        'help {topic}',
      ],
      args: { topic: optional(text('topic', 60)) },
      effect: 'read',
      role: 'guest',
      featured: true,
      run: ({ topic }, turn) => sayHelp(topic, turn),
    },
  },
})
