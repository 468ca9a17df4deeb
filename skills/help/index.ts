import { optional, text } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { saysIn } from './says-in.js'
import { sayHelp } from './say-help.js'
import * as says from './says.js'

export default defineSkill({
  name: 'help',
  summary: 'What Nexus can do.',
  order: 1000,
  uses: ['commands'],
  commands: {
    show: {
      summary: 'What I can do for you here',
      says: says.show,
      saysIn,
      args: { topic: optional(text('topic', 60, 'terms')) },
      effect: 'read',
      role: 'guest',
      featured: true,
      run: ({ topic }, turn) => sayHelp(topic, turn),
    },
  },
})
