import { text } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { explainPermission } from './explain-permission.js'

export default defineSkill({
  name: 'permission',
  summary: 'Who may see and do what, and who can grant it.',
  order: 90,
  uses: ['permissions'],
  commands: {
    explain: {
      summary: 'Why I may or may not see or do something',
      says: [
        "why can't I see {what}",
        "why can't I find {what}",
        "why can't I {what}",
        'why may I not see {what}',
        'why may I not {what}',
        'why am I not allowed to {what}',
        'why am I not allowed to see {what}',
        'am I allowed to see {what}',
        'am I allowed to {what}',
        "why can't I use {what}",
        'may I see {what}',
        'who can let me see {what}',
        'who can let me {what}',
        'what permission do I need to {what}',
        'which permission do I need to see {what}',
        'which permission do I need to {what}',
      ],
      args: { what: text('what you want to see or do', 200) },
      effect: 'read',
      role: 'guest',
      run: ({ what }, turn) => explainPermission(what, turn),
    },
  },
  offers: ['catalog.show'],
})
