import type { Claim } from '../../../skills/kit/model.js'
import { isClosedAsAWhole } from './closed-project.js'
import type { Knowledge } from './knowledge.js'
import { listRepositories, readRepository } from './read-code.js'
import { readEnvironments } from './read-environments.js'
import { readPipelines } from './read-pipelines.js'
import { readPolicies } from './read-policies.js'
import { readReleases, type DeployedTo } from './read-releases.js'
import type { Project, Reading } from './reading.js'
import { behindPage, behindProject, parts, type PartName, type SweepCursor } from './sweep-cursor.js'
import { features, isClosed, type Feature } from './unread.js'

/** Repositories on a page. */
const perPage = 20

/** One page of a project's part. */
interface Part {
  claims: Claim[]
  next?: string
  environments?: DeployedTo[]
}

/** The rest of a project, page by page, from where the cursor stands. One that is closed to Nexus is a gap. */
export async function* sweepProject(
  reading: Reading,
  knowledge: Knowledge,
  project: Project,
  from: SweepCursor,
): AsyncGenerator<{ claims: Claim[]; cursor: SweepCursor }> {
  let cursor = from
  for (const part of parts.slice(parts.indexOf(from.part))) {
    let token = part === from.part ? from.token : undefined
    do {
      reading.client.quota.check()
      const read = await readPart(reading, knowledge, project, part, token)
      if (!read) return yield { claims: [], cursor: behindProject(cursor, project) }
      token = read.next
      cursor = behindPage(cursor, project, part, token)
      cursor = { ...cursor, environments: [...cursor.environments, ...(read.environments ?? [])] }
      yield { claims: read.claims, cursor }
    } while (token !== undefined)
  }
}

/** One page of a project's part; undefined where nothing of the project is to be read. */
async function readPart(
  reading: Reading,
  knowledge: Knowledge,
  project: Project,
  part: PartName,
  token: string | undefined,
): Promise<Part | undefined> {
  const orNothing = async (feature: Feature, read: () => Promise<Part>): Promise<Part> =>
    (await reading.unread.try(feature, project.name, read)) ?? { claims: [] }
  switch (part) {
    case 'code':
      return readCode(reading, knowledge, project, token).catch(async (error: unknown) => {
        if (!isClosed(error)) throw error
        if (await isClosedAsAWhole(reading, project)) return undefined
        reading.unread.feature(features.code, project.name)
        return { claims: [] }
      })
    case 'pipelines':
      return orNothing(features.pipelines, () => readPipelines(reading, project, knowledge, token))
    case 'releases':
      return orNothing(features.releases, () => readReleases(reading, project, knowledge, token))
    case 'environments':
      return orNothing(features.environments, () => readEnvironments(reading, project, token))
  }
}

/** A page of repositories, after the one whose name the token is. */
async function readCode(
  reading: Reading,
  knowledge: Knowledge,
  project: Project,
  token: string | undefined,
): Promise<Part> {
  const all = await listRepositories(reading, project)
  const left = all.filter(({ name }) => token === undefined || name.toLowerCase() > token)
  const some = left.slice(0, perPage)
  const policies = await readPolicies(reading, project)
  const claims: Claim[] = []
  for (const repository of some) {
    knowledge.noteRepository(repository)
    claims.push(...(await readRepository(reading, repository, policies, knowledge.teams)))
  }
  return { claims, ...(left.length > some.length && { next: some.at(-1)!.name.toLowerCase() }) }
}
