import type { Handler, Router, VendorRequest } from '../frame/router.js'
import { badArgument, collection, iso, objectOf, Refusal } from './answers.js'
import { commentOperations } from './comment-operations.js'
import type { Server } from './server.js'
import type { EventType } from './hook-event.js'
import { currentIteration, projectId } from './state.js'
import { workItemPatch } from './work-item-patch.js'
import { runQuery } from './work-item-query.js'
import { categoryOf, fieldNamed, fields, types, valueOf, type WorkItem } from './work-item.js'

/** What one request may read by ids, and what a query may find. Source: learn.microsoft.com, "Work tracking, process, and project limits". */
const BATCH = 200
const MOST_FOUND = 20_000

/** Work items: queries, reading one or many, creating and changing by JSON patch, types. */
export function workItemOperations(router: Router, server: Server): void {
  const patched = workItemPatch(server)
  /** Whether its project is there, and open to who asks. */
  const isVisible = ({ fields: values }: WorkItem, request: VendorRequest): boolean => {
    const project = String(values['System.TeamProject'])
    return server.projects.some(({ name }) => name === project) && !server.isClosed(project, server.caller(request))
  }
  const known = (id: unknown, request: VendorRequest): WorkItem | undefined =>
    server.state.workItems.find((each) => String(each.id) === String(id) && isVisible(each, request))
  const find = (id: unknown, request: VendorRequest): WorkItem => {
    const item = known(id, request)
    if (item) return item
    throw new Refusal(
      404,
      'WorkItemUnauthorizedAccessException',
      `TF401232: Work item ${String(id)} does not exist, or you do not have permissions to read it.`,
    )
  }
  const url = (item: WorkItem) =>
    `${server.base}/${projectId(server.org, String(item.fields['System.TeamProject']))}/_apis/wit/workItems/${item.id}`

  const shown = (item: WorkItem, only: string[] | undefined) =>
    Object.fromEntries(
      Object.keys(fields)
        .filter((name) =>
          only ? only.includes(name) : name !== 'System.Id' && name !== 'System.Rev' && name !== 'System.History',
        )
        .map((name) => [name, valueOf(item, name)] as const)
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([name, value]) => [name, fields[name]!.type === 'identity' ? server.identity(String(value)) : value]),
    )
  const document = (item: WorkItem, only?: string[], expand?: string) => ({
    ...{ id: item.id, rev: item.rev, fields: shown(item, only), url: url(item) },
    ...(/^(all|relations|1|4)$/i.test(expand ?? '') && item.relations.length > 0 && { relations: item.relations }),
    ...(/^(all|links|3|4)$/i.test(expand ?? '') && {
      _links: { self: { href: url(item) }, html: { href: `${server.base}/_workitems/edit/${item.id}` } },
    }),
  })
  const namesIn = (names: unknown): string[] | undefined => {
    const list =
      typeof names === 'string' && names ? names.split(',') : Array.isArray(names) ? names.map(String) : undefined
    return list?.map((name) => {
      const known = fieldNamed(name.trim())
      if (!known)
        throw new Refusal(
          400,
          'WorkItemTrackingFieldDefinitionNotFoundException',
          `TF51535: Cannot find field ${name}.`,
        )
      return known
    })
  }
  const many = (
    request: VendorRequest,
    ids: unknown[],
    only: string[] | undefined,
    expand: string | undefined,
    omit: boolean,
  ) => {
    if (ids.length > BATCH)
      throw badArgument('ids', `VS403474: You requested ${ids.length} work items which exceeds the limit of ${BATCH}`)
    if (only && expand && !/^(none|0|links|3)$/i.test(expand))
      throw new Refusal(
        400,
        'ConflictingParametersException',
        'The expand parameter can not be used with the fields parameter.',
      )
    const found = ids.flatMap((id) => {
      const item = known(id, request)
      return item || omit ? [item] : [find(id, request)]
    })
    return collection(found.map((item) => (item ? document(item, only, expand) : null)))
  }
  const omits = (policy: unknown) => /^(omit|2)$/i.test(String(policy ?? ''))

  const wiql: Handler = (request) => {
    const { query } = objectOf(request)
    if (typeof query !== 'string' || query.trim() === '') throw badArgument('query')
    const project = server.optionalProject(request)?.name
    const now = server.now()
    const iteration = currentIteration(server.state, project, now)
    const visible = server.state.workItems.filter((item) => isVisible(item, request))
    const { items, columns, sort } = runQuery(query, visible, {
      ...{ project, me: server.caller(request), now, timePrecision: request.query.timeprecision === 'true' },
      currentIteration: iteration && `${iteration.project}\\${iteration.name}`,
      personNamed: (text) => server.personNamed(text)?.id,
    })
    if (items.length > MOST_FOUND && !request.query.$top)
      throw new Refusal(
        400,
        'WorkItemTrackingQueryResultSizeLimitExceededException',
        `VS402337: The number of work items returned exceeds the size limit of ${MOST_FOUND}. Change the query to return fewer items.`,
      )
    const column = (referenceName: string) => ({
      referenceName,
      name: fields[referenceName]!.name,
      url: `${server.base}/_apis/wit/fields/${referenceName}`,
    })
    const top = Number(request.query.$top ?? MOST_FOUND)
    return {
      status: 200,
      body: {
        ...{ queryType: 'flat', queryResultType: 'workItem', asOf: iso(now), columns: columns.map(column) },
        sortColumns: sort.map(({ field: name, descending }) => ({ field: column(name), descending })),
        workItems: items.slice(0, top).map((item) => ({ id: item.id, url: url(item) })),
      },
    }
  }

  /** An update's resource is the update, with the item as it is after it; all others' is the item. */
  const tell = (item: WorkItem, eventType: EventType, what: string): void => {
    const { 'System.TeamProject': project, 'System.WorkItemType': type, 'System.Title': title } = item.fields
    const now = { id: item.id, rev: item.rev, fields: shown(item, undefined), url: url(item) }
    const resource =
      eventType === 'workitem.updated' ? { id: item.rev, workItemId: item.id, rev: item.rev, revision: now } : now
    server.tell({ eventType, project: String(project), text: `${type} #${item.id} (${title}) ${what}`, resource })
  }

  const create: Handler = (request) => {
    const project = server.projectIn(request).name
    const type = Object.keys(types).find((name) => name.toLowerCase() === request.params.type!.toLowerCase())
    if (!type)
      throw new Refusal(
        404,
        'WorkItemTypeNotFoundException',
        `VS402323: Work item type ${request.params.type} does not exist in project ${project} or you do not have permission to access it.`,
      )
    const [by, at] = [server.caller(request), iso(server.now())]
    const item: WorkItem = {
      ...{ id: Math.max(0, ...server.state.workItems.map(({ id }) => id)) + 1, rev: 0, relations: [], comments: [] },
      fields: {
        ...{
          'System.TeamProject': project,
          'System.WorkItemType': type,
          'System.State': 'New',
          'System.Reason': 'New',
        },
        ...{
          'System.CreatedBy': by,
          'System.CreatedDate': at,
          'System.AreaPath': project,
          'System.IterationPath': project,
        },
        ...{ 'Microsoft.VSTS.Common.Priority': 2, 'Microsoft.VSTS.Common.StateChangeDate': at },
      },
    }
    const made = patched(request, item)
    if (request.query.validateonly !== 'true') {
      server.state.workItems.push(made)
      server.save()
      tell(made, 'workitem.created', 'created')
    }
    return { status: 200, body: document(made) }
  }
  const update: Handler = (request) => {
    const item = find(request.params.id, request)
    const made = patched(request, item)
    if (request.query.validateonly !== 'true') {
      Object.assign(item, made)
      server.save()
      tell(item, 'workitem.updated', 'updated')
    }
    return { status: 200, body: document(made) }
  }

  commentOperations(router, server, find, (item) => tell(item, 'workitem.commented', 'commented on'))
  router
    .post('/{project}/_apis/wit/wiql', wiql)
    .post('/_apis/wit/wiql', wiql)
    .post('/{project}/{team}/_apis/wit/wiql', (request) => {
      server.teamNamed(server.projectIn(request).name, request.params.team!)
      return wiql(request)
    })
  for (const scope of ['', '/{project}'])
    router
      .get(`${scope}/_apis/wit/workitems`, (request) => {
        const { query } = request
        if (!query.ids) throw badArgument('ids')
        return many(request, query.ids.split(','), namesIn(query.fields), query.$expand, omits(query.errorpolicy))
      })
      .get(`${scope}/_apis/wit/workitems/{id}`, (request) => {
        const { params, query } = request
        return { status: 200, body: document(find(params.id, request), namesIn(query.fields), query.$expand) }
      })
      .patch(`${scope}/_apis/wit/workitems/{id}`, update)
      .post(`${scope}/_apis/wit/workitemsbatch`, (request) => {
        const { ids, fields: names, $expand, errorPolicy } = objectOf(request)
        if (!Array.isArray(ids)) throw badArgument('ids')
        return many(
          request,
          ids,
          namesIn(names),
          $expand === undefined ? undefined : String($expand),
          omits(errorPolicy),
        )
      })
  // The type's place in the path starts with a dollar sign, as in `/workitems/$Bug`.
  router.on('POST', '/{project}/_apis/wit/workitems/${type}', create).get('/{project}/_apis/wit/workitemtypes', () =>
    collection(
      Object.entries(types).map(([name, states]) => ({
        ...{ name, referenceName: `Microsoft.VSTS.WorkItemTypes.${name.replaceAll(' ', '')}`, isDisabled: false },
        states: states.map((state) => ({ name: state, category: categoryOf(state) })),
      })),
    ),
  )
}
