import { choice, duration, entity, optional, text, time } from '../kit/arguments.js'
import { askAbout } from '../kit/ask-about.js'
import { defineSkill } from '../kit/command.js'
import { saidAs } from '../kit/said-as.js'
import type { Button } from '../kit/reply.js'
import { listEnvironments } from './list-environments.js'
import { says } from './says.js'
import { saysOfChanges } from './says-of-changes.js'
import { saysOfRequests } from './says-of-requests.js'

const templates = ['preview', 'test', 'demo', 'load test', 'sandbox'] as const
const saidTemplates = saidAs({
  preview: ['ephemeral', 'temporary', 'review'],
  test: ['testing', 'qa'],
  demo: ['demonstration'],
  'load test': ['performance', 'load-test'],
  sandbox: ['playground'],
})

/** How long an environment may live from now on, in minutes: an hour to thirty days. */
const ttl = duration('for how long', { min: 60, max: 43_200, offers: [240, 480, 1_440, 4_320, 10_080] })
const environment = entity('Environment', 'which environment')

const all: Button = { title: 'List environments', intent: { command: 'environment.list', args: {} } }

export default defineSkill({
  name: 'environment',
  summary: 'Where services run, and environments for a few days.',
  order: 64,
  area: 'deployments',
  uses: ['catalog'],
  commands: {
    create: {
      summary: 'Make an environment for a while',
      says: saysOfChanges.create,
      requests: saysOfRequests.create,
      args: {
        template: optional(choice('of which sort', templates, saidTemplates)),
        name: optional(text('its name', 40)),
        service: optional(entity('Service', 'for which service')),
        ttl: optional(ttl),
      },
      effect: 'change',
      role: 'developer',
      planned: {
        instead: 'The environments that there are can be listed.',
        near: ({ service }) => [...askAbout(service, 'Environments of', 'environment.list', 'service'), all],
      },
    },
    extend: {
      summary: 'Let an environment live longer',
      says: saysOfChanges.extend,
      requests: saysOfRequests.extend,
      args: { environment, ttl: optional(ttl), until: optional(time('until when')) },
      effect: 'change',
      role: 'developer',
      planned: {
        instead: 'Its card shows when it expires, where its source says so.',
        near: ({ environment }) => [...askAbout(environment, 'Show', 'catalog.show', 'entity'), all],
      },
    },
    delete: {
      summary: 'Take an environment down',
      says: saysOfChanges.delete,
      requests: saysOfRequests.delete,
      args: { environment },
      effect: 'change',
      role: 'developer',
      planned: {
        instead: 'Its card shows what runs there and whose it is.',
        near: ({ environment }) => [...askAbout(environment, 'Show', 'catalog.show', 'entity'), all],
      },
    },
    list: {
      summary: 'The environments there are, or those of a team, a person or a service',
      says: says.list,
      args: {
        team: optional(entity('Team', 'of which team')),
        person: optional(entity('Person', 'of whom')),
        service: optional(entity('Service', 'of which service')),
      },
      effect: 'read',
      role: 'developer',
      run: (asked, turn) => listEnvironments(asked, turn),
    },
  },
  offers: ['catalog.find', 'catalog.show'],
})
