import { choice, duration, entity, optional, text } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { explainPermission } from './explain-permission.js'
import { saidAs } from '../kit/said-as.js'
import { elevate, elevateRequests } from './says-of-elevating.js'
import { saysOfRights } from './says-of-rights.js'

/** What people are for a while: roles of Azure and of Nexus, as they are called where they are asked for. */
const roles = ['reader', 'contributor', 'owner', 'admin', 'operator', 'approver', 'platform engineer'] as const
const rolesAsSaid = saidAs({
  reader: ['read', 'read-only', 'read only'],
  contributor: ['write'],
  owner: [],
  admin: ['administrator', 'root'],
  operator: [],
  approver: [],
  'platform engineer': ['platform-engineer'],
})

export default defineSkill({
  name: 'permission',
  summary: 'Who may see and do what, and who can grant it.',
  order: 90,
  uses: ['permissions'],
  commands: {
    explain: {
      summary: 'Why I may or may not see or do something',
      says: saysOfRights,
      args: { what: text('what you want to see or do', 200, 'terms') },
      effect: 'read',
      role: 'guest',
      run: ({ what }, turn) => explainPermission(what, turn),
    },
    elevate: {
      summary: 'Have a permission for a while',
      says: [...elevate, ...elevateRequests],
      requests: elevateRequests,
      args: {
        what: entity(['Service', 'Resource', 'Environment', 'Repository', 'Pipeline'], 'on what'),
        role: optional(choice('as what', roles, rolesAsSaid)),
        minutes: optional(duration('for how long', { min: 5, max: 480, offers: [30, 60, 120, 240] })),
      },
      effect: 'change',
      role: 'developer',
      planned: {
        instead: 'Why something is not allowed, and who can grant it, can be told.',
        near: ({ what }) =>
          what
            ? [
                {
                  title: `Who may see ${what.name}`,
                  intent: { command: 'permission.explain', args: { what: `see ${what.name}` } },
                },
              ]
            : [],
      },
    },
  },
  offers: ['catalog.show'],
})
