import type { Organisation } from '../organisation/model.js'
import { projectId, type Repository } from './state.js'
import { fieldsOf, type WorkItem } from './work-item.js'

/** Names of links from one work item to another (learn.microsoft.com, "Link type reference"), each with its way back. */
const links = {
  parent: ['System.LinkTypes.Hierarchy-Reverse', 'System.LinkTypes.Hierarchy-Forward'],
  after: ['System.LinkTypes.Dependency-Reverse', 'System.LinkTypes.Dependency-Forward'],
} as const

/** The organisation's work items with their links to each other and to pull requests. */
export function seedWorkItems(org: Organisation, repositories: readonly Repository[]): WorkItem[] {
  const items = new Map(org.workItems.map((item) => [item.id, fieldsOf(org, item)]))
  const url = (id: number) => `_apis/wit/workItems/${id}`
  const link = (from: number, [there, back]: readonly [string, string], to: number) => {
    items.get(from)?.relations.push({ rel: there, url: url(to), attributes: { isLocked: false } })
    items.get(to)?.relations.push({ rel: back, url: url(from), attributes: { isLocked: false } })
  }
  for (const { id, parent, after = [], pulls = [] } of org.workItems) {
    if (parent !== undefined) {
      link(id, links.parent, parent)
      items.get(id)!.fields['System.Parent'] = parent
    }
    for (const other of after) link(id, links.after, other)
    for (const pull of pulls) {
      const [name, number] = pull.split('#')
      const repository = repositories.find((each) => each.name === name)
      if (!repository) continue
      const artifact = `${projectId(org, repository.project)}%2F${repository.id}%2F${number}`
      items.get(id)!.relations.push({
        ...{ rel: 'ArtifactLink', url: `vstfs:///Git/PullRequestId/${artifact}` },
        attributes: { name: 'Pull Request' },
      })
    }
  }
  return [...items.values()]
}
