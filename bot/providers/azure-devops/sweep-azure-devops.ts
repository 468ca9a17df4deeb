import type { SweepPage } from '../../../skills/kit/catalog-source.js'
import type { Claim, Json } from '../../../skills/kit/model.js'
import type { Knowledge } from './knowledge.js'
import { togetherOf } from './read-environments.js'
import { readPackages } from './read-packages.js'
import { batch, idsAfter, readWork } from './read-work.js'
import { placeOf, type Reading } from './reading.js'
import { cursorToKeep, firstCursor, intoProject, readCursor, type SweepCursor } from './sweep-cursor.js'
import { sweepProject } from './sweep-project.js'

/** Packages on a page. */
const perPage = 500

/** Everything of an organisation, page by page. @throws Fault or Refused; what was told until then stays told */
export async function* sweepAzureDevOps(
  reading: Reading,
  knowledge: Knowledge,
  from: Json | undefined,
): AsyncGenerator<SweepPage> {
  const kept = readCursor(from)
  if (!kept) knowledge.begin()
  let cursor = kept ?? firstCursor(reading.now())
  const projects = await knowledge.prepare(reading)
  const page = (claims: Claim[], at: number): SweepPage => {
    const gaps = reading.unread.fresh()
    const progress = { done: at, of: projects.length, what: 'projects' }
    return { claims, cursor: cursorToKeep(cursor), ...(gaps.length && { gaps }), progress }
  }
  if (cursor.step === 'people') {
    cursor = { ...cursor, step: 'projects' }
    yield page(knowledge.teams.claims, 0)
  }
  if (cursor.step === 'projects') {
    for (const [index, project] of projects.entries()) {
      if (placeOf(project) < cursor.project) continue
      for await (const read of sweepProject(reading, knowledge, project, intoProject(cursor, project))) {
        cursor = read.cursor
        yield page(read.claims, index)
      }
    }
    cursor = { ...cursor, step: 'work' }
  }
  if (cursor.step === 'work') {
    for await (const read of workAfter(reading, knowledge, cursor.workItem)) {
      cursor = { ...cursor, workItem: read.last }
      yield page(read.claims, projects.length)
    }
    cursor = { ...cursor, step: 'together' }
  }
  for await (const read of packagesAfter(reading, cursor)) {
    cursor = { ...cursor, package: read.last }
    yield { ...page(read.claims, projects.length), ...(read.isEnd && { watermark: { at: cursor.began } }) }
  }
}

/** Work items by batches in the order of their ids. */
async function* workAfter(
  reading: Reading,
  knowledge: Knowledge,
  from: number,
): AsyncGenerator<{ claims: Claim[]; last: number }> {
  for (let ids = await idsAfter(reading, from); ids.length; ids = await idsAfter(reading, ids.at(-1)!))
    for (let at = 0; at < ids.length; at += batch) {
      reading.client.quota.check()
      const some = ids.slice(at, at + batch)
      yield { claims: (await readWork(reading, knowledge, some)).claims, last: some.at(-1)! }
    }
}

/** What only all projects and feeds together tell: environments, then packages in the order of their ids. */
async function* packagesAfter(
  reading: Reading,
  cursor: SweepCursor,
): AsyncGenerator<{ claims: Claim[]; last: string; isEnd: boolean }> {
  const left = (await readPackages(reading)).filter(({ id }) => id > cursor.package)
  const first = cursor.package ? [] : togetherOf(cursor.environments)
  do {
    const some = left.splice(0, perPage)
    yield { claims: [...first.splice(0), ...some], last: some.at(-1)?.id ?? cursor.package, isEnd: left.length === 0 }
  } while (left.length)
}
