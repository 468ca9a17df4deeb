import { entity, optional, text } from '../kit/arguments.js'
import { askAbout, ofKind } from '../kit/ask-about.js'
import { defineSkill } from '../kit/command.js'
import { findRunbooks } from './find-runbooks.js'
import { says } from './says.js'

const about = entity(['Service', 'Resource', 'Team'], 'for what')
const topic = optional(
  text('for which trouble', 80, 'terms', ['runbook for', 'runbooks for', 'runbook', 'runbooks', 'when', 'for']),
)

export default defineSkill({
  name: 'runbook',
  summary: 'What to do when something is broken.',
  order: 27,
  area: 'incidents',
  uses: ['catalog'],
  commands: {
    find: {
      summary: 'Runbooks of a service, or for some trouble',
      says: says.find,
      args: { entity: optional(about), topic },
      effect: 'read',
      role: 'developer',
      run: (asked, turn) => findRunbooks(asked, turn),
    },
    draft: {
      summary: 'Draft a runbook, by a pull request',
      says: says.draft,
      args: { entity: optional(about), topic, incident: optional(entity('Incident', 'from which incident')) },
      effect: 'change',
      role: 'developer',
      planned: {
        instead: 'Runbooks that there are can be found; an incident keeps in its thread what was done.',
        near: ({ entity, incident }) => [
          ...askAbout(entity, 'Runbooks of', 'runbook.find', 'entity'),
          ...askAbout(ofKind(incident, 'Incident'), 'Show', 'incident.show', 'incident'),
        ],
      },
    },
  },
  offers: ['catalog.find', 'catalog.show', 'incident.show', 'search.find'],
})
