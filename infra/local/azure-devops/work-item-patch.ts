import type { VendorRequest } from '../frame/router.js'
import { badArgument, field, iso, jsonOf, Refusal } from './answers.js'
import type { Server } from './server.js'
import { fieldNamed, fields, types, type WorkItem } from './work-item.js'

/** Applies JSON patches to work items, as `POST` and `PATCH` of work items take them. */
export function workItemPatch(server: Server): (request: VendorRequest, before: WorkItem) => WorkItem {
  /** A copy of an item with the request's patch applied; nothing is changed where a part of it is refused. */
  const patched = (request: VendorRequest, before: WorkItem): WorkItem => {
    if (!/application\/json-patch\+json/i.test(request.headers['content-type'] ?? ''))
      throw new Refusal(
        415,
        'VssRequestContentTypeNotSupportedException',
        `The request indicated a Content-Type of "${request.headers['content-type'] ?? ''}" for method type "${request.method}" which is not supported. Valid content types for this method are: application/json-patch+json.`,
      )
    const operations = jsonOf(request)
    if (!Array.isArray(operations) || operations.length === 0)
      throw badArgument('document', 'You must pass a valid patch document in the body of the request')
    const item = structuredClone(before)
    const [by, at] = [server.caller(request), iso(server.now())]
    for (const operation of operations as unknown[]) apply(item, operation, by, at)
    check(item)
    if (item.fields['System.State'] !== before.fields['System.State']) {
      item.fields['Microsoft.VSTS.Common.StateChangeDate'] = at
      if (item.fields['System.State'] === 'Closed') item.fields['Microsoft.VSTS.Common.ClosedDate'] = at
    }
    Object.assign(item.fields, { 'System.ChangedBy': by, 'System.ChangedDate': at })
    item.rev++
    return item
  }

  const apply = (item: WorkItem, operation: unknown, by: string, at: string): void => {
    const [op, path, value] = [
      field(operation, 'op'),
      String(field(operation, 'path') ?? ''),
      field(operation, 'value'),
    ]
    if (op === 'test') return test(item, path, value)
    if (path === '/relations/-' && op === 'add') {
      const relation = { rel: String(field(value, 'rel')), url: String(field(value, 'url')) }
      item.relations.push({ ...relation, attributes: (field(value, 'attributes') ?? {}) as Record<string, unknown> })
      return
    }
    const name = path.startsWith('/fields/') ? fieldNamed(path.slice(8)) : undefined
    if (!name)
      throw new Refusal(
        400,
        'WorkItemTrackingFieldDefinitionNotFoundException',
        `TF51535: Cannot find field ${path.replace('/fields/', '')}.`,
      )
    if (fields[name]!.fixed) throw rule(name, 'ReadOnly')
    if (op === 'remove' || value === null || value === '') delete item.fields[name]
    else if (op !== 'add' && op !== 'replace') throw badArgument('op', `The operation '${String(op)}' is not supported`)
    else if (name === 'System.History') item.comments.push({ id: server.nextId(), by, at, text: String(value) })
    else item.fields[name] = fieldValue(name, value)
  }
  const fieldValue = (name: string, value: unknown): string | number => {
    const { type } = fields[name]!
    if (type === 'integer' && !Number.isFinite(Number(value))) throw rule(name, 'InvalidType')
    if (type === 'integer') return Number(value)
    if (type !== 'identity') return String(value)
    const person = server.personNamed(String(field(value, 'uniqueName') ?? value))
    if (!person)
      throw new Refusal(
        400,
        'RuleValidationException',
        `The identity value '${String(value)}' for field '${fields[name]!.name}' is an unknown identity.`,
      )
    return person.id
  }
  const test = (item: WorkItem, path: string, value: unknown): void => {
    const actual = path === '/rev' ? item.rev : item.fields[fieldNamed(path.replace('/fields/', '')) ?? '']
    if (actual !== value)
      throw new Refusal(412, 'TestPatchOperationFailedException', `VS403351: Test Operation for path ${path} failed.`)
  }

  return patched
}

const rule = (name: string, code: string): Refusal =>
  new Refusal(
    400,
    'RuleValidationException',
    `TF401320: Rule Error for field ${fields[name]!.name}. Error code: ${code}.`,
  )

/** The rules of the process that every item has to keep. */
function check({ fields: values }: WorkItem): void {
  if (!String(values['System.Title'] ?? '').trim()) throw rule('System.Title', 'Required, InvalidEmpty')
  if (String(values['System.Title']).length > 255) throw rule('System.Title', 'InvalidTooLong')
  const states = types[String(values['System.WorkItemType'])] ?? []
  if (!states.includes(String(values['System.State'])))
    throw rule('System.State', 'Required, HasValues, LimitedToValues, AllowsOldValue, InvalidListValue')
  const priority = values['Microsoft.VSTS.Common.Priority']
  if (priority !== undefined && ![1, 2, 3, 4].includes(Number(priority)))
    throw rule('Microsoft.VSTS.Common.Priority', 'HasValues, LimitedToValues, InvalidListValue')
  const project = String(values['System.TeamProject'])
  for (const path of ['System.AreaPath', 'System.IterationPath'])
    if (String(values[path]).split('\\')[0] !== project) throw rule(path, 'InvalidPath')
}
