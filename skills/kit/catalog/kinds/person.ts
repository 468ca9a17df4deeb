import type { KindDeclaration } from '../kind-declaration.js'
import { described, pagerDutyId, text } from './common-properties.js'

export const person: KindDeclaration = {
  kind: 'Person',
  title: 'Person',
  plural: 'People',
  summary: 'Somebody who works here, by the mail address that every source knows.',
  icon: 'person',
  says: ['person', 'people', 'user', 'colleague', 'engineer', 'member', { word: 'guest', where: 'guest = true' }],
  properties: {
    ...described,
    jobTitle: text('Job', 'job title', 'role', 'position'),
    mail: text('Mail', 'email', 'address'),
    phone: { ...text('Phone', 'phone number', 'number'), personal: true },
    zone: text('Time zone', 'time zone'),
    locale: text('Language', 'language'),
    guest: { type: 'boolean', title: 'Guest', says: ['external'] },
    capacity: { type: 'number', title: 'Sprint capacity', says: ['capacity'], unit: 'hours', minimum: 0 },
    groups: { type: 'list', title: 'Groups', says: ['group'] },
    groupIds: { type: 'list', title: 'Ids of groups' },
    objectId: text('Entra id'),
    gitHubLogin: text('GitHub login', 'github'),
    pagerDutyId,
    opsgenieId: text('Opsgenie id'),
  },
  relations: { memberOf: ['Team'], leadBy: ['Person'] },
  facts: ['leadBy', 'memberOf', 'mail', 'phone', 'zone', 'gitHubLogin'],
  sections: [
    { title: 'Teams', steps: ['memberOf'] },
    { title: 'Leads', steps: ['leads'] },
    { steps: ['owns'] },
    { title: 'Assigned', steps: ['assigned'] },
    { title: 'To review', steps: ['reviews'] },
    { title: 'Wrote', steps: ['authored'] },
  ],
  next: [
    { ask: 'on-call', of: 'memberOf' },
    { ask: 'show', of: 'memberOf' },
  ],
}
