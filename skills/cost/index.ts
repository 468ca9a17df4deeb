import { entity, number, optional, range } from '../kit/arguments.js'
import { askAbout, lastHours, ofKind } from '../kit/ask-about.js'
import { defineSkill } from '../kit/command.js'
import type { Entity } from '../kit/model.js'
import type { Button } from '../kit/reply.js'
import { says } from './says.js'

const scope = optional(entity(['Team', 'Service', 'Resource', 'Environment'], 'of what'))

const dearest: Button = {
  title: 'Find services that cost more than 1,000 EUR',
  intent: { command: 'catalog.find', args: { filter: 'Service where cost > 1000' } },
}
const show = (thing: Entity | undefined): Button[] => askAbout(thing, 'Show', 'catalog.show', 'entity')

export default defineSkill({
  name: 'cost',
  summary: 'What it costs, and why.',
  order: 60,
  area: 'cost',
  uses: [],
  commands: {
    show: {
      summary: 'What something cost in a stretch of time',
      says: says.show,
      args: { scope, range: optional(range('in which time')) },
      effect: 'read',
      role: 'developer',
      planned: {
        instead: 'The card of a service or a team shows what it has cost this month, where a source says so.',
        near: ({ scope }) => [...show(scope), dearest],
      },
    },
    explain: {
      summary: 'Why something costs more or less than before',
      says: says.explain,
      args: {
        scope,
        range: optional(range('in which time')),
        percent: optional(number('by how much', { min: 0, max: 100_000, integer: false, unit: '%' })),
      },
      effect: 'read',
      role: 'developer',
      planned: {
        instead: 'What changed of it, and what it has cost this month, is known.',
        near: ({ scope, range }, { now }) => [
          ...askAbout(scope, 'What changed on', 'catalog.changed', 'scope', {
            range: range ? { ...range } : lastHours(now, 7 * 24),
          }),
          ...show(ofKind(scope, 'Service', 'Team', 'Environment')),
          dearest,
        ],
      },
    },
  },
  offers: ['catalog.changed', 'catalog.find', 'catalog.show'],
})
