import { choice, entity, optional, range } from '../kit/arguments.js'
import { askAbout, lastHours, ofKind } from '../kit/ask-about.js'
import { defineSkill } from '../kit/command.js'
import { saidAs } from '../kit/said-as.js'
import * as says from './says.js'
import { causes } from './says-of-causes.js'

/** What somebody notices, as it is asked about. */
const symptoms = [
  'latency',
  'errors',
  'outage',
  'timeouts',
  'restarts',
  'cpu',
  'memory',
  'backlog',
  'connections',
] as const
const saidSymptoms = saidAs({
  latency: ['slow', 'slower', 'slowness', 'high latency', 'lagging'],
  errors: ['failing', 'failures', 'broken', 'http 500s', '500s', '5xx', 'error rate', 'flaky'],
  outage: ['down', 'unavailable', 'unreachable'],
  timeouts: ['timing out', 'time-outs'],
  restarts: ['restarting', 'crashing', 'crashes'],
  cpu: ['high cpu'],
  memory: ['out of memory', 'memory pressure'],
  backlog: ['queue length', 'queue backlog'],
  connections: ['connection pool', 'connection limit'],
})

export default defineSkill({
  name: 'triage',
  summary: 'What probably broke it.',
  order: 25,
  area: 'incidents',
  uses: [],
  commands: {
    explain: {
      summary: 'What explains that something is slow or failing',
      says: [...says.explain, ...causes],
      args: {
        entity: entity(['Service', 'Resource', 'Incident'], 'of what'),
        range: optional(range('in which time')),
        symptom: optional(choice('what is noticed', symptoms, saidSymptoms)),
      },
      effect: 'read',
      role: 'developer',
      planned: {
        instead: 'What changed of it lately, and what it depends on, is known.',
        near: ({ entity, range }, { now }) => [
          ...askAbout(ofKind(entity, 'Service', 'Resource'), 'What changed on', 'catalog.changed', 'scope', {
            range: range ? { ...range } : lastHours(now, 24),
          }),
          ...askAbout(ofKind(entity, 'Incident'), 'Show', 'incident.show', 'incident'),
          ...askAbout(ofKind(entity, 'Service', 'Resource'), 'What depends on', 'catalog.depends', 'entity'),
        ],
      },
    },
  },
  offers: ['catalog.changed', 'catalog.depends', 'incident.show'],
})
