import type { Router, VendorRequest } from '../frame/router.js'
import { badArgument, iso, objectOf, page } from './answers.js'
import type { Server } from './server.js'
import type { WorkItem } from './work-item.js'

/** Comments on work items, the newest first. */
export function commentOperations(
  router: Router,
  server: Server,
  find: (id: unknown, request: VendorRequest) => WorkItem,
  commented: (item: WorkItem) => void,
): void {
  const document = ({ id, by, at, text }: WorkItem['comments'][number], workItemId: number) => ({
    ...{ id, workItemId, version: 1, text, createdBy: server.identity(by), createdDate: at },
    ...{ modifiedBy: server.identity(by), modifiedDate: at },
  })
  for (const scope of ['', '/{project}'])
    router
      .get(`${scope}/_apis/wit/workitems/{id}/comments`, (request) => {
        const { comments, id } = find(request.params.id, request)
        const listed = page(request, [...comments].reverse(), (comment) => document(comment, id), 200)
        const { value } = listed.body as { value: unknown[] }
        return { ...listed, body: { totalCount: comments.length, count: value.length, comments: value } }
      })
      .post(`${scope}/_apis/wit/workitems/{id}/comments`, (request) => {
        const item = find(request.params.id, request)
        const { text } = objectOf(request)
        if (typeof text !== 'string' || text === '') throw badArgument('text')
        const comment = { id: server.nextId(), by: server.caller(request), at: iso(server.now()), text }
        item.comments.push(comment)
        server.save()
        commented(item)
        return { status: 200, body: document(comment, item.id) }
      })
}
