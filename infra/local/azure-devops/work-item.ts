import type { Organisation } from '../organisation/model.js'

/** A work item: its fields by reference name. People are short ids; dates ISO 8601. */
export interface WorkItem {
  id: number
  rev: number
  fields: Record<string, string | number>
  relations: { rel: string; url: string; attributes: Record<string, unknown> }[]
  comments: { id: number; by: string; at: string; text: string }[]
}

/** What a field holds. */
export type FieldType = 'string' | 'integer' | 'dateTime' | 'identity' | 'treePath' | 'html'

/** The fields the stand-in knows: reference name → name that people see, type, and whether clients may set it. */
export const fields: Record<string, { name: string; type: FieldType; fixed?: true }> = {
  'System.Id': { name: 'ID', type: 'integer', fixed: true },
  'System.Rev': { name: 'Rev', type: 'integer', fixed: true },
  'System.TeamProject': { name: 'Team Project', type: 'string', fixed: true },
  'System.WorkItemType': { name: 'Work Item Type', type: 'string', fixed: true },
  'System.Title': { name: 'Title', type: 'string' },
  'System.State': { name: 'State', type: 'string' },
  'System.Reason': { name: 'Reason', type: 'string' },
  'System.AssignedTo': { name: 'Assigned To', type: 'identity' },
  'System.CreatedBy': { name: 'Created By', type: 'identity', fixed: true },
  'System.CreatedDate': { name: 'Created Date', type: 'dateTime', fixed: true },
  'System.ChangedBy': { name: 'Changed By', type: 'identity', fixed: true },
  'System.ChangedDate': { name: 'Changed Date', type: 'dateTime', fixed: true },
  'System.AreaPath': { name: 'Area Path', type: 'treePath' },
  'System.IterationPath': { name: 'Iteration Path', type: 'treePath' },
  'System.Tags': { name: 'Tags', type: 'string' },
  'System.Description': { name: 'Description', type: 'html' },
  'System.History': { name: 'History', type: 'html' },
  'Microsoft.VSTS.Common.Priority': { name: 'Priority', type: 'integer' },
  'Microsoft.VSTS.Common.Severity': { name: 'Severity', type: 'string' },
  'Microsoft.VSTS.Common.StateChangeDate': { name: 'State Change Date', type: 'dateTime', fixed: true },
  'Microsoft.VSTS.Common.ClosedDate': { name: 'Closed Date', type: 'dateTime', fixed: true },
  'Microsoft.VSTS.Scheduling.StoryPoints': { name: 'Story Points', type: 'integer' },
  'Microsoft.VSTS.Scheduling.RemainingWork': { name: 'Remaining Work', type: 'integer' },
  'Microsoft.VSTS.Scheduling.DueDate': { name: 'Due Date', type: 'dateTime' },
  'System.BoardColumn': { name: 'Board Column', type: 'string', fixed: true },
  'System.Parent': { name: 'Parent', type: 'integer', fixed: true },
}

const usual = ['New', 'Active', 'Resolved', 'Closed', 'Removed']
/** Types and their states, of the Agile process. */
export const types: Record<string, string[]> = {
  Epic: usual,
  Feature: usual,
  'User Story': usual,
  Bug: ['New', 'Active', 'Resolved', 'Closed'],
  Task: ['New', 'Active', 'Resolved', 'Closed', 'Removed'],
}

/** Types that are cards of a team's board; tasks are on its task board. */
export const boardTypes: readonly string[] = ['User Story', 'Bug']

/** The reference name of a field that is named by it or by what people see, in any case. */
export function fieldNamed(name: string): string | undefined {
  const wanted = name.toLowerCase()
  return Object.keys(fields).find((key) => key.toLowerCase() === wanted || fields[key]!.name.toLowerCase() === wanted)
}

type Described = Organisation['workItems'][number]

/** An iteration's name, whether or not it was written with its project. */
export const iterationName = ({ iteration, project }: Described): string | undefined =>
  iteration?.startsWith(`${project}\\`) ? iteration.slice(project.length + 1) : iteration

/** A work item as the organisation describes it, without its links. */
export function fieldsOf(org: Organisation, item: Described): WorkItem {
  const team = org.teams.find(({ id }) => id === item.team)
  const owner = item.assigned ?? team?.lead ?? org.people[0]!.id
  const changed = item.changed ?? item.created
  return {
    id: item.id,
    rev: changed === item.created ? 1 : 2,
    fields: {
      'System.TeamProject': item.project,
      'System.WorkItemType': item.type,
      'System.Title': item.title,
      'System.State': item.state,
      'System.Reason': item.state,
      ...(item.assigned && { 'System.AssignedTo': item.assigned }),
      'System.CreatedBy': team?.lead ?? owner,
      'System.CreatedDate': item.created,
      'System.ChangedBy': owner,
      'System.ChangedDate': changed,
      'System.AreaPath': team ? `${item.project}\\${team.name}` : item.project,
      'System.IterationPath': item.iteration ? `${item.project}\\${iterationName(item)}` : item.project,
      ...(item.tags.length > 0 && { 'System.Tags': item.tags.join('; ') }),
      'System.Description': item.description,
      'Microsoft.VSTS.Common.Priority': item.priority,
      'Microsoft.VSTS.Common.StateChangeDate': changed,
      ...(item.state === 'Closed' && { 'Microsoft.VSTS.Common.ClosedDate': changed }),
      ...(item.severity && { 'Microsoft.VSTS.Common.Severity': item.severity }),
      ...(item.points !== undefined && { 'Microsoft.VSTS.Scheduling.StoryPoints': item.points }),
      ...(item.remaining !== undefined && { 'Microsoft.VSTS.Scheduling.RemainingWork': item.remaining }),
      ...(item.due && { 'Microsoft.VSTS.Scheduling.DueDate': item.due }),
      ...(boardTypes.includes(item.type) && { 'System.BoardColumn': item.state }),
    },
    relations: [],
    comments: [],
  }
}

/** A field's value, with those that are not kept among the fields. */
export const valueOf = (item: WorkItem, field: string): string | number | undefined =>
  field === 'System.Id' ? item.id : field === 'System.Rev' ? item.rev : item.fields[field]

/** How Azure DevOps sees a state, whatever it is called. */
export const categoryOf = (state: string): string =>
  ({ New: 'Proposed', Active: 'InProgress', Resolved: 'Resolved', Closed: 'Completed' })[state] ?? 'Removed'
