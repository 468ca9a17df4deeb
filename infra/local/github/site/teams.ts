import { invalid } from '../answers.js'
import type { Server } from '../server.js'
import type { Team } from '../state.js'

/** What somebody changes of a team; what is absent stays. */
export interface TeamChange {
  name?: string | undefined
  description?: string | undefined
  /** Short ids of people. */
  members?: string[] | undefined
  /** Slug of the team it is part of. */
  parent?: string | undefined
}

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** Makes a team. */
export function createTeam(server: Server, by: string, name: string, to: TeamChange): Team {
  const slug = slugOf(name)
  if (server.documents.teamOf(slug)) throw invalid({ resource: 'Team', field: 'name', code: 'already_exists' })
  const team: Team = { id: server.nextId(), slug, name, description: to.description ?? '', members: [] }
  if (to.parent !== undefined) team.parent = to.parent
  server.teams.push(team)
  server.save()
  server.announce('team', by, undefined, { action: 'created', team: server.documents.team(team) })
  setMembers(server, by, team, to.members ?? [])
  return team
}

/** Changes a team; its slug follows its name, and repositories and teams below it follow its slug. */
export function changeTeam(server: Server, by: string, team: Team, to: TeamChange): void {
  const { name, description, slug } = team
  if (to.name !== undefined) Object.assign(team, { name: to.name, slug: slugOf(to.name) })
  if (to.description !== undefined) team.description = to.description
  if (to.parent !== undefined) team.parent = to.parent
  for (const repository of server.all) if (repository.team === slug) repository.team = team.slug
  for (const below of server.teams) if (below.parent === slug) below.parent = team.slug
  const changes = {
    ...(name !== team.name && { name: { from: name } }),
    ...(description !== team.description && { description: { from: description } }),
  }
  server.save()
  if (Object.keys(changes).length || to.parent !== undefined)
    server.announce('team', by, undefined, { action: 'edited', changes, team: server.documents.team(team) })
  if (to.members) setMembers(server, by, team, to.members)
}

/** Deletes a team. */
export function removeTeam(server: Server, by: string, team: Team): void {
  server.announce('team', by, undefined, { action: 'deleted', team: server.documents.team(team) })
  server.teams.splice(server.teams.indexOf(team), 1)
  for (const repository of server.all) if (repository.team === team.slug) repository.team = null
  server.save()
}

function setMembers(server: Server, by: string, team: Team, members: readonly string[]): void {
  const { documents } = server
  const before = team.members
  team.members = [...new Set(members)]
  server.save()
  const announce = (action: string, id: string) =>
    server.announce('membership', by, undefined, {
      ...{ action, scope: 'team', member: documents.user(id), team: documents.team(team) },
    })
  for (const id of team.members) if (!before.includes(id)) announce('added', id)
  for (const id of before) if (!team.members.includes(id)) announce('removed', id)
}
