/** Whoever works at the sample organisation, as `GET /local/people` gives them. */
export const people = [
  {
    id: 'dana',
    name: 'Dana Ortiz',
    roles: ['team-lead'],
    team: 'identity',
    teamName: 'Identity',
    title: 'Team lead',
    zone: 'Europe/Berlin',
  },
  {
    id: 'lee',
    name: 'Lee Park',
    roles: ['developer'],
    team: 'identity',
    teamName: 'Identity',
    title: 'Developer',
    zone: 'Asia/Seoul',
  },
  {
    id: 'sam',
    name: 'Sam Osei',
    roles: ['platform-engineer'],
    team: 'platform',
    teamName: 'Platform',
    title: 'Platform engineer',
    zone: 'America/New_York',
  },
]

/** Its channels, and each one's chat with the bot, as `GET /local/places` gives them. */
export const places = [
  { id: 'incidents', kind: 'channel', name: 'Incidents', team: 'Contoso' },
  { id: 'identity', kind: 'channel', name: 'General', team: 'Identity' },
  { id: 'identity-ops', kind: 'channel', name: 'Operations', team: 'Identity' },
  ...people.map(({ id, name }) => ({ id: `personal/${id}`, kind: 'personal', name, team: null })),
].map((place) => ({ ...place, installed: true }))

/** Whether a person sees a place: their own chat, and every channel. */
export const sees = (as: string, where: string): boolean => !where.startsWith('personal/') || where === `personal/${as}`
