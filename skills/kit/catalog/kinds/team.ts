import type { KindDeclaration } from '../kind-declaration.js'
import { countOf, described, operated, pagerDutyId, text } from './common-properties.js'

export const team: KindDeclaration = {
  kind: 'Team',
  title: 'Team',
  plural: 'Teams',
  summary: 'People who own things together: a team in Teams, on GitHub, in Azure DevOps or in PagerDuty.',
  icon: 'team',
  says: ['team', 'group', 'squad', 'crew'],
  properties: {
    ...described,
    members: countOf('Members', 'members', 'size', 'people'),
    groupId: text('Entra group'),
    gitHubTeam: text('GitHub team'),
    pagerDutyId,
    mail: text('Mail', 'email'),
    channel: text('Channel'),
    project: text('Project'),
    cost: operated.cost!,
    compliance: operated.compliance!,
    capacity: { type: 'number', title: 'Sprint capacity', says: ['capacity'], unit: 'hours', minimum: 0 },
    sprint: text('Sprint', 'iteration'),
  },
  relations: { leadBy: ['Person'], partOf: ['Team'], onCallBy: ['Schedule'] },
  facts: ['leadBy', 'members', 'onCallBy', 'channel', 'cost', 'compliance', 'sprint', 'partOf'],
  sections: [{ title: 'Members', steps: ['hasMember'] }, { steps: ['owns'] }, { title: 'Teams', steps: ['hasPart'] }],
  next: [{ ask: 'on-call' }, { ask: 'incidents' }],
}
