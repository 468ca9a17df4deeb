import type { Octokit } from '@octokit/rest'
import { personRef, teamRef } from '../../../skills/kit/entity-ids.js'
import type { Claim, Ref } from '../../../skills/kit/model.js'
import { features, isClosed, statusOf } from './unread.js'
import type { Reading } from './reading.js'

/** Who is who: mail addresses are how GitHub's people are told to be the directory's. */
export interface People {
  /** The person of a GitHub name; undefined where no mail address is known. */
  refOf(login: string | undefined): Ref | undefined
  /** Everybody with the teams they are in. */
  claims(): Claim[]
}

type Team = Awaited<ReturnType<Octokit['rest']['teams']['list']>>['data'][number]
type Commit = Awaited<ReturnType<Octokit['rest']['repos']['listCommits']>>['data'][number]

/** Nobody is known yet. */
export const nobody: People = { refOf: () => undefined, claims: () => [] }

/**
 * The organisation's members and teams. A member's address is the one they show, else the one they commit with most; who has neither is
 * left out.
 * @param repositories those whose newest commits are looked at
 */
export async function readPeople(
  reading: Reading,
  repositories: readonly { name: string; size?: number }[],
): Promise<{ people: People; teams: Claim[] }> {
  const { octokit, org, unread, request } = reading
  const { rest } = octokit
  const list = { org, per_page: 100, request }
  const members = (await unread.try(features.teams, org, () => octokit.paginate(rest.orgs.listMembers, list))) ?? []
  const teams = (await unread.try(features.teams, org, () => octokit.paginate(rest.teams.list, list))) ?? []
  const mails = new Map<string, { mail: string; name: string }>()
  const commits = members.length ? await newestCommits(reading, repositories) : []
  for (const { login } of members) {
    reading.quota.check()
    const { data } = await rest.users.getByUsername({ username: login, request })
    const mail = data.email ?? usualMail(commits.filter(({ author }) => author?.login === login))
    if (mail) mails.set(login.toLowerCase(), { mail, name: data.name ?? login })
  }
  const teamsOf = await readMemberships(reading, teams)
  const people: People = {
    refOf(login) {
      const known = login === undefined ? undefined : mails.get(login.toLowerCase())
      return known && personRef(known.mail)
    },
    claims: () =>
      [...mails].map(([login, { mail, name }]) => ({
        ...personRef(mail),
        name,
        props: { gitHubLogin: members.find((one) => one.login.toLowerCase() === login)!.login },
        relations: (teamsOf.get(login) ?? []).map((to) => ({ type: 'memberOf' as const, to, why: 'GitHub team' })),
      })),
  }
  return { people: { ...people, claims: () => each(people.claims()) }, teams: each(teams.map(teamClaim(teamsOf))) }
}

/** The first claim of each entity: two teams may have names that are one in plain form. */
const each = (claims: readonly Claim[]): Claim[] => [
  ...new Map([...claims].reverse().map((claim) => [claim.id, claim])).values(),
]

const teamClaim =
  (teamsOf: ReadonlyMap<string, readonly Ref[]>) =>
  ({ name, slug, description, html_url, parent }: Team): Claim => {
    const ref = teamRef(slug)
    const members = [...teamsOf.values()].filter((teams) => teams.some(({ id }) => id === ref.id)).length
    return {
      ...ref,
      name,
      aliases: [slug],
      props: { gitHubTeam: slug, url: html_url, members, ...(description && { summary: description }) },
      ...(parent && { relations: [{ type: 'partOf' as const, to: teamRef(parent.slug), why: 'GitHub team' }] }),
    }
  }

/** Teams by member. */
async function readMemberships(
  { octokit, org, request, quota }: Reading,
  teams: readonly Team[],
): Promise<Map<string, Ref[]>> {
  const found = new Map<string, Ref[]>()
  for (const { slug } of teams) {
    quota.check()
    const list = { org, team_slug: slug, per_page: 100, request }
    const members = await octokit.paginate(octokit.rest.teams.listMembersInOrg, list).catch((error: unknown) => {
      if (statusOf(error) === 404) return [] // gone since the teams were listed
      throw error
    })
    for (const { login } of members)
      found.set(login.toLowerCase(), [...(found.get(login.toLowerCase()) ?? []), teamRef(slug)])
  }
  return found
}

async function newestCommits(
  { octokit, org, request, quota, unread }: Reading,
  repositories: readonly { name: string; size?: number }[],
): Promise<Commit[]> {
  const commits: Commit[] = []
  for (const { name, size } of repositories) {
    if (size === 0) continue // GitHub answers 409 for the commits of an empty repository
    quota.check()
    try {
      const list = { owner: org, repo: name, per_page: 100, request }
      const answer = await unread.permitted(features.contents, () => octokit.rest.repos.listCommits(list))
      if (!answer) break
      commits.push(...answer.data)
    } catch (error) {
      if (!isClosed(error) && statusOf(error) !== 409) throw error // said when the repository itself is read
    }
  }
  return commits
}

/** The address that most of a person's commits carry; GitHub's own no-reply addresses say nothing. */
function usualMail(commits: readonly Commit[]): string | undefined {
  const counts = new Map<string, number>()
  for (const { commit } of commits) {
    const mail = commit.author?.email?.toLowerCase()
    if (mail && !mail.endsWith('@users.noreply.github.com')) counts.set(mail, (counts.get(mail) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0]
}
