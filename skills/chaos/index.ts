import { choice, entity, optional } from '../kit/arguments.js'
import { askAbout } from '../kit/ask-about.js'
import { defineSkill } from '../kit/command.js'
import { saidAs } from '../kit/said-as.js'
import * as says from './says.js'
import { runRequests } from './says-of-requests.js'

const experiments = [
  'shutdown',
  'cpu pressure',
  'memory pressure',
  'disk pressure',
  'network latency',
  'network loss',
  'pod failure',
  'zone outage',
  'dns failure',
  'failover',
] as const
const saidExperiments = saidAs({
  'cpu pressure': ['cpu', 'cpu load', 'high cpu'],
  'memory pressure': ['memory'],
  'network latency': ['latency', 'slow network'],
  'network loss': ['packet loss'],
  'pod failure': ['pod kill', 'pod kills'],
  'zone outage': ['zone failure', 'zone down'],
  'dns failure': ['dns outage'],
  'disk pressure': ['full disk'],
  shutdown: ['shut-down'],
})

export default defineSkill({
  name: 'chaos',
  summary: 'Experiments that show what holds.',
  order: 70,
  area: 'incidents',
  uses: [],
  commands: {
    run: {
      summary: 'Run an experiment that breaks something on purpose',
      says: says.run,
      requests: runRequests,
      args: {
        experiment: optional(choice('which experiment', experiments, saidExperiments)),
        target: entity(['Service', 'Resource'], 'on what'),
        environment: optional(entity('Environment', 'in which environment')),
      },
      effect: 'change',
      role: 'platform-engineer',
      planned: {
        instead: 'What would feel it can be told without breaking anything.',
        near: ({ target }) => [
          ...askAbout(target, 'What depends on', 'catalog.depends', 'entity'),
          ...askAbout(target, 'Show', 'catalog.show', 'entity'),
        ],
      },
    },
  },
  offers: ['catalog.depends', 'catalog.show'],
})
