import { choice, optional, text } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { saidAs } from '../kit/said-as.js'
import * as says from './says.js'
import { scaffoldRequests } from './says-of-requests.js'

const templates = ['python', 'typescript', 'dotnet', 'go', 'java', 'function app', 'static site'] as const
const saidTemplates = saidAs({
  typescript: ['node', 'node.js', 'nodejs', 'ts', 'javascript'],
  dotnet: ['.net', 'net', 'c#', 'csharp'],
  go: ['golang'],
  java: ['spring', 'spring boot'],
  python: ['fastapi', 'django'],
  'function app': ['function'],
  'static site': ['website'],
})

export default defineSkill({
  name: 'service',
  summary: 'New services from templates.',
  order: 65,
  area: 'catalog',
  uses: [],
  commands: {
    scaffold: {
      summary: 'Make a new service from a template: repository, pipeline, catalog entry',
      says: says.scaffold,
      requests: scaffoldRequests,
      args: {
        template: optional(choice('from which template', templates, saidTemplates)),
        name: text('its name', 40, 'name', [
          'called',
          'named',
          'name it',
          'call it',
          'name is',
          'name will be',
          'name should be',
        ]),
      },
      effect: 'change',
      role: 'developer',
      planned: {
        instead: 'What a repository declares in its catalog-info.yaml is in the catalog within minutes.',
        near: () => [
          {
            title: 'Find services of the last 30 days',
            intent: { command: 'catalog.find', args: { filter: 'Service where deployed within 30d' } },
          },
        ],
      },
    },
  },
  offers: ['catalog.find'],
})
