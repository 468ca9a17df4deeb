import { z } from 'zod/v4'
import type { Instant, Json } from '../../../skills/kit/model.js'
import { placeOf, type Project } from './reading.js'

/** The parts of a project, in the order they are read. */
export const parts = ['code', 'pipelines', 'releases', 'environments'] as const
export type PartName = (typeof parts)[number]

const Shape = z.object({
  /** People, each project's parts, work items by id, then what only all of it together tells. */
  step: z.enum(['people', 'projects', 'work', 'together']),
  /** Place of the project that is being read, and which part of it. */
  project: z.string(),
  part: z.enum(parts),
  /** Where in the part it goes on: a name, or a token of Azure DevOps. */
  token: z.string().optional(),
  /** Id of the last work item that was told. */
  workItem: z.int().min(0),
  /** Id of the last package that was told. */
  package: z.string(),
  environments: z.array(z.object({ name: z.string(), guarded: z.boolean(), project: z.string() })),
  /** When the sweep began: from there on deltas count. */
  began: z.string(),
})

/** Where a sweep stands. */
export type SweepCursor = z.output<typeof Shape>

/** Where a sweep begins. */
export const firstCursor = (began: Instant): SweepCursor => ({
  ...{ step: 'people', project: '', part: 'code', workItem: 0, package: '', environments: [], began },
})

/** A cursor as it was kept; undefined where it is none, so that the sweep begins anew. */
export const readCursor = (kept: Json | undefined): SweepCursor | undefined => Shape.safeParse(kept).data

/** A cursor as it is kept. */
export const cursorToKeep = ({ token, ...rest }: SweepCursor): Json => (token === undefined ? rest : { ...rest, token })

/** The cursor at the beginning of a project; where it stands in it already, as it is. */
export const intoProject = (cursor: SweepCursor, project: Project): SweepCursor =>
  placeOf(project) === cursor.project ? cursor : { ...atPart(cursor, 'code'), project: placeOf(project) }

/** The cursor behind a project: every later one's place is greater. */
export const behindProject = (cursor: SweepCursor, project: Project): SweepCursor => ({
  ...atPart(cursor, 'code'),
  project: `${placeOf(project)}\u0000`,
})

/** The cursor behind a page of a part: further on in it, at the next part, or behind the project. */
export function behindPage(
  cursor: SweepCursor,
  project: Project,
  part: PartName,
  token: string | undefined,
): SweepCursor {
  if (token !== undefined) return { ...cursor, part, token }
  const next = parts[parts.indexOf(part) + 1]
  return next ? atPart(cursor, next) : behindProject(cursor, project)
}

function atPart({ token: _behind, ...cursor }: SweepCursor, part: PartName): SweepCursor {
  return { ...cursor, part }
}
