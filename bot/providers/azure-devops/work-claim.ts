import type { Claim, Ref } from '../../../skills/kit/model.js'
import type { Fields } from '../../fields.js'
import { pullRef, workItemRef } from './azure-devops-ids.js'
import type { Knowledge } from './knowledge.js'
import { plainText } from './plain-text.js'
import { given, webOf, type Reading } from './reading.js'

/** Fields that processes have for the size of an item: of Agile, Scrum and CMMI. */
const sizes = ['StoryPoints', 'Effort', 'Size'].map((name) => `Microsoft.VSTS.Scheduling.${name}`)
const dues = ['Microsoft.VSTS.Scheduling.DueDate', 'Microsoft.VSTS.Scheduling.TargetDate']
/** States that items end in, of the processes that Azure Boards comes with. */
export const endStates = ['Closed', 'Done', 'Completed'] as const
/** Tags that are kept of one item, and the length of one. */
const [mostTags, longestTag] = [50, 100]

/** A work item with its links, in the catalog's terms. */
export function workClaim(reading: Reading, item: Fields, raw: unknown, knowledge: Knowledge): Claim | undefined {
  const [id, fields] = [item.text('id'), item.object('fields')]
  if (!id || !/^\d+$/.test(id)) return undefined
  const text = (name: string, most?: number) => fields.text(name, most)
  const type = text('System.WorkItemType')
  const state = text('System.State') ?? ''
  const project = text('System.TeamProject')
  return {
    ...workItemRef(id),
    name: `${type ?? 'Work item'} ${id}`,
    aliases: [`#${id}`, id],
    props: given({
      title: text('System.Title') ?? '',
      state,
      type,
      project,
      summary:
        plainText(rawField(raw, 'System.Description')) ?? plainText(rawField(raw, 'Microsoft.VSTS.TCM.ReproSteps')),
      priority: text('Microsoft.VSTS.Common.Priority'),
      severity: text('Microsoft.VSTS.Common.Severity'),
      area: text('System.AreaPath', 4_000),
      sprint: sprintOf(text('System.IterationPath', 4_000)),
      column: text('System.BoardColumn'),
      points: numberOf(sizes.map((name) => text(name)).find((size) => size !== undefined)),
      remaining: numberOf(text('Microsoft.VSTS.Scheduling.RemainingWork')),
      tags: tagsOf(rawField(raw, 'System.Tags')),
      created: fields.instant('System.CreatedDate'),
      updated: fields.instant('System.ChangedDate'),
      closed: (endStates as readonly string[]).includes(state)
        ? (fields.instant('Microsoft.VSTS.Common.ClosedDate') ?? fields.instant('System.ChangedDate'))
        : undefined,
      due: dues.map((name) => fields.instant(name)).find((due) => due !== undefined),
      url: project && webOf(reading, project, `_workitems/edit/${id}`),
    }),
    relations: relationsOf(item, knowledge),
  }
}

/** The last part of an iteration's path; absent where it is the project's own, which is no sprint. */
function sprintOf(path: string | undefined): string | undefined {
  const parts = path?.split('\\') ?? []
  return parts.length > 1 ? parts.at(-1) : undefined
}

const numberOf = (text: string | undefined): number | undefined => {
  const number = Number(text)
  return text !== undefined && Number.isFinite(number) && number >= 0 ? number : undefined
}

/** A field whose text is longer than `Fields` looks at. */
const rawField = (raw: unknown, name: string): unknown =>
  (raw as { fields?: Record<string, unknown> } | null)?.fields?.[name]

function tagsOf(tags: unknown): string[] | undefined {
  if (typeof tags !== 'string') return undefined
  const found = tags
    .split(';')
    .map((tag) => tag.trim().slice(0, longestTag))
    .filter(Boolean)
  return found.length ? [...new Set(found)].slice(0, mostTags) : undefined
}

function relationsOf(item: Fields, knowledge: Knowledge): NonNullable<Claim['relations']> {
  const fields = item.object('fields')
  const [assigned, author] = ['System.AssignedTo', 'System.CreatedBy'].map((name) =>
    knowledge.teams.refOf(fields.object(name)),
  )
  const area = fields.text('System.AreaPath', 4_000)
  const team = area === undefined ? undefined : knowledge.teams.ofArea(area)
  const links = item.objects('relations').flatMap((link) => linkOf(link, knowledge) ?? [])
  return [
    ...(assigned?.kind === 'Person' ? [{ type: 'assignedTo' as const, to: assigned }] : []),
    ...(author?.kind === 'Person' ? [{ type: 'authoredBy' as const, to: author }] : []),
    ...(team ? [{ type: 'ownedBy' as const, to: team, why: 'area path' }] : []),
    ...[...new Map(links.map((link) => [`${link.type} ${link.to.id}`, link])).values()],
  ]
}

/** What a link says; the ways back of links are said by the items at their other ends. */
function linkOf(
  link: Fields,
  knowledge: Knowledge,
): { type: 'partOf' | 'dependsOn' | 'resolvedBy'; to: Ref } | undefined {
  const [rel, url] = [link.text('rel'), link.text('url', 2_000) ?? '']
  const item = /\/workitems\/(\d+)$/i.exec(url)?.[1]
  if (rel === 'System.LinkTypes.Hierarchy-Reverse' && item) return { type: 'partOf', to: workItemRef(item) }
  if (rel === 'System.LinkTypes.Dependency-Reverse' && item) return { type: 'dependsOn', to: workItemRef(item) }
  const pull = rel === 'ArtifactLink' ? /^vstfs:\/\/\/Git\/PullRequestId\/(.+)$/i.exec(url)?.[1] : undefined
  const [, repository, number] = pull?.split(/%2f|\//i) ?? []
  const known = repository ? knowledge.repository(repository) : undefined
  return known && number && /^\d+$/.test(number) ? { type: 'resolvedBy', to: pullRef(known, number) } : undefined
}
