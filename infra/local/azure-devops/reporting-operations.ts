import type { Handler, Router } from '../frame/router.js'
import { badArgument, collection, Refusal } from './answers.js'
import type { Server } from './server.js'
import { projectId } from './state.js'
import type { WorkItem } from './work-item.js'

/** Revisions in a batch (learn.microsoft.com, "Reporting Work Item Revisions - Read Reporting Revisions Get"). */
const batch = 1_000

/** What changed among the work items since a moment, what was deleted with it; deleting and restoring. */
export function reportingOperations(router: Router, server: Server): void {
  const { state } = server
  const projectOf = (item: WorkItem) => String(item.fields['System.TeamProject'])
  const url = (item: WorkItem) =>
    `${server.base}/${projectId(server.org, projectOf(item))}/_apis/wit/workItems/${item.id}`
  const changedOf = (item: WorkItem) => Date.parse(String(item.fields['System.ChangedDate']))

  /** Only the newest revision of each is kept here, so the whole history is never to be had. */
  const revisions: Handler = (request) => {
    const { query } = request
    const project = server.optionalProject(request)?.name
    if (query.continuationtoken && query.startdatetime)
      throw badArgument('startDateTime', 'The watermark cannot be used together with a start date')
    const from = query.continuationtoken ?? query.startdatetime ?? '0'
    // The watermark is the moment and the item after which it goes on.
    const [after, afterId] = /^\d+;\d+$/.test(from) ? from.split(';').map(Number) : [Date.parse(from), 0]
    if (Number.isNaN(after!)) throw badArgument('continuationToken', `The value '${from}' is not valid`)
    const caller = server.caller(request)
    const items = [...state.workItems, ...(query.includedeleted === 'true' ? state.deletedItems : [])]
      .filter(
        (item) => (project === undefined || projectOf(item) === project) && !server.isClosed(projectOf(item), caller),
      )
      .filter((item) => changedOf(item) > after! || (changedOf(item) === after && item.id > afterId!))
      .sort((a, b) => changedOf(a) - changedOf(b) || a.id - b.id)
    const size = Math.min(Number(query.$maxpagesize ?? batch), batch)
    const shown = items.slice(0, size)
    const last = shown.at(-1)
    const token = last ? `${changedOf(last)};${last.id}` : `${after};${afterId}`
    const names = query.fields?.split(',') ?? []
    const values = shown.map((item) => ({
      ...{ id: item.id, rev: item.rev },
      fields: {
        ...Object.fromEntries(
          names.map((name) => [name, name === 'System.Id' ? item.id : item.fields[name]]).filter(([, value]) => value),
        ),
        ...(state.deletedItems.includes(item) && { 'System.IsDeleted': true }),
      },
    }))
    const nextLink = `${server.base}/_apis/wit/reporting/workItemRevisions?continuationToken=${encodeURIComponent(token)}`
    return {
      status: 200,
      body: { values, nextLink, continuationToken: token, isLastBatch: shown.length === items.length },
    }
  }

  const move = (id: string, from: 'workItems' | 'deletedItems', to: 'workItems' | 'deletedItems'): WorkItem => {
    const item = state[from].find((each) => String(each.id) === id)
    if (!item)
      throw new Refusal(
        404,
        'WorkItemUnauthorizedAccessException',
        `TF401232: Work item ${id} does not exist, or you do not have permissions to read it.`,
      )
    state[from] = state[from].filter((each) => each !== item)
    state[to].push(item)
    item.rev++
    item.fields['System.ChangedDate'] = new Date(server.now()).toISOString()
    server.save()
    const [what, eventType] =
      to === 'workItems' ? (['restored', 'workitem.restored'] as const) : (['deleted', 'workitem.deleted'] as const)
    server.tell({
      ...{ eventType, project: projectOf(item), text: `${String(item.fields['System.WorkItemType'])} #${id} ${what}` },
      resource: { id: item.id, rev: item.rev, fields: item.fields, url: url(item) },
    })
    return item
  }
  const binned = (item: WorkItem) => ({ id: item.id, url: `${server.base}/_apis/wit/recyclebin/${item.id}` })

  for (const scope of ['', '/{project}'])
    router
      .get(`${scope}/_apis/wit/reporting/workitemrevisions`, revisions)
      .delete(`${scope}/_apis/wit/workitems/{id}`, ({ params }) => {
        const item = move(params.id!, 'workItems', 'deletedItems')
        return { status: 200, body: { ...binned(item), code: 200, name: item.fields['System.Title'] } }
      })
      .get(`${scope}/_apis/wit/recyclebin`, (request) => {
        const project = server.optionalProject(request)?.name
        const listed = state.deletedItems.filter((item) => project === undefined || projectOf(item) === project)
        return collection(listed.map(binned))
      })
      .patch(`${scope}/_apis/wit/recyclebin/{id}`, ({ params }) => {
        const item = move(params.id!, 'deletedItems', 'workItems')
        return { status: 200, body: { ...binned(item), code: 200, name: item.fields['System.Title'] } }
      })
}
