import { choice, entity, optional } from '../kit/arguments.js'
import { askAbout } from '../kit/ask-about.js'
import { defineSkill } from '../kit/command.js'
import { saidAs } from '../kit/said-as.js'
import { says } from './says.js'

const cards = [
  'production readiness',
  'security',
  'reliability',
  'ownership',
  'documentation',
  'cost',
  'compliance',
] as const
const saidCards = saidAs({
  'production readiness': ['production', 'prod', 'go-live', 'readiness', 'prod readiness', 'going live'],
  security: ['safety'],
  reliability: ['availability'],
  ownership: ['owners'],
  documentation: ['docs'],
  cost: ['costs'],
  compliance: ['compliant', 'policies'],
})
const card = optional(choice('by which card', cards, saidCards))

export default defineSkill({
  name: 'scorecard',
  summary: 'How far services meet what is agreed.',
  order: 62,
  area: 'catalog',
  uses: [],
  commands: {
    show: {
      summary: 'How far a service or team meets a scorecard',
      says: says.show,
      args: { scope: entity(['Service', 'Team'], 'of what'), card },
      effect: 'read',
      role: 'developer',
      planned: {
        instead: 'What a scorecard would ask after is in the catalog: owner, runbook, tier, on-call schedule.',
        near: ({ scope }) => [
          ...askAbout(scope, 'Show', 'catalog.show', 'entity'),
          ...askAbout(scope, "Who's on call for", 'on-call.show', 'target'),
        ],
      },
    },
    rank: {
      summary: 'Which services or teams meet a scorecard best, and which least',
      says: says.rank,
      args: { scope: optional(entity('Team', 'of which team')), card },
      effect: 'read',
      role: 'developer',
      planned: {
        instead: 'Services that lack something can be found one question at a time.',
        near: () => [
          {
            title: 'Find services without an owner',
            intent: { command: 'catalog.find', args: { filter: 'Service where not ownedBy (everything)' } },
          },
          {
            title: 'Find services without a runbook',
            intent: { command: 'catalog.find', args: { filter: 'Service where runbook missing' } },
          },
        ],
      },
    },
  },
  offers: ['catalog.find', 'catalog.show', 'on-call.show'],
})
