import type { Handler, Router, VendorRequest } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import type { State } from '../frame/state.js'
import { field, invalid, listOf, momentOf, notFound, page, Refusal, wrapped, zoneOf } from './answers.js'
import { priorities, type Directory } from './directory.js'
import { pagerDutyId } from './ids.js'
import { IncidentDocuments } from './incident-document.js'
import { acknowledge, annotate, assign, escalate, resolve, snooze, trigger, wake, type Incident } from './incident.js'
import { pagedAt } from './on-call.js'
import type { PagerDutyState } from './state.js'

const MONTH = 31 * 86_400_000
/** Seconds; PagerDuty takes up to a week. */
const LONGEST_SNOOZE = 604_800
const LARGEST_BULK = 250

/** Incidents: listed, read, created, changed, with their notes, history and alerts. */
export function incidentOperations(
  router: Router,
  { clock }: Services,
  directory: Directory,
  state: State<PagerDutyState>,
): void {
  const now = () => clock.now().getTime()
  const documents = (request: VendorRequest) => new IncidentDocuments(directory, zoneOf(request, 'UTC'))

  /** All incidents, after snoozes that ran out. */
  const incidents = (): Incident[] => {
    if (state.value.incidents.filter((incident) => wake(incident, now())).length > 0) state.changed()
    return state.value.incidents
  }
  const find = (idOrNumber: unknown): Incident => {
    const incident = incidents().find(({ id, number }) => id === idOrNumber || String(number) === idOrNumber)
    if (!incident) throw notFound()
    return incident
  }
  const incidentIn = ({ params }: VendorRequest) => find(params.id)

  /** The user that acts, named by e-mail in the From header, which every change needs. */
  const actor = ({ headers }: VendorRequest): string => {
    const person = headers.from === undefined ? undefined : directory.user(headers.from)
    if (!person) throw new Refusal(400, 1008, 'Requester User Not Found')
    return person.id
  }

  const list: Handler = (request) => {
    const show = documents(request)
    const include = listOf(request, 'include')
    const found = incidents().filter(filterOf(request, directory, now()))
    return page(request, 'incidents', found.sort(orderOf(request)), (incident) => show.incident(incident, include))
  }

  const create: Handler = (request) => {
    const by = actor(request)
    const wanted = wrapped(request, 'incident')
    const service = directory.service(field(wanted.service, 'id'))
    if (typeof wanted.title !== 'string' || wanted.title.trim() === '') throw invalid('Title cannot be empty')
    if (!service) throw invalid('Service not found')
    const key = typeof wanted.incident_key === 'string' ? wanted.incident_key : undefined
    const open = (incident: Incident) => incident.service === service.id && incident.status !== 'resolved'
    if (key && incidents().some((incident) => open(incident) && incident.key === key))
      throw invalid('Open incident with matching dedup key already exists on this service')
    const named = assignees(wanted)
    const paged = pagedAt(directory, state.value.overrides, directory.policyOf(service), now())
    const incident = trigger(
      {
        number: Math.max(0, ...incidents().map(({ number }) => number)) + 1,
        service: service.id,
        title: wanted.title,
        details: String(field(wanted.body, 'details') ?? wanted.title),
        urgency: wanted.urgency === 'low' ? 'low' : 'high',
        level: named ? 1 : (paged?.level ?? 1),
        assigned: named ?? (paged ? [paged.person.id] : []),
        by,
        ...(key && { key }),
        ...priorityOf(wanted),
      },
      now(),
    )
    state.value.incidents.push(incident)
    state.changed()
    return { status: 201, body: { incident: documents(request).incident(incident) } }
  }

  const assignees = (wanted: Record<string, unknown>): string[] | undefined => {
    if (!Array.isArray(wanted.assignments) || wanted.assignments.length === 0) return undefined
    return wanted.assignments.map((assignment) => {
      const person = directory.user(field(field(assignment, 'assignee'), 'id'))
      if (!person) throw invalid('Assignee not found')
      return person.id
    })
  }

  /** Checks the whole change before any of it is done, then does it. */
  const update = (incident: Incident, wanted: Record<string, unknown>, by: string): void => {
    const people = assignees(wanted)
    const priority = priorityOf(wanted)
    const { status, title, urgency, resolution } = wanted
    if (status !== undefined && status !== 'acknowledged' && status !== 'resolved')
      throw invalid('Status must be acknowledged or resolved')
    if (urgency !== undefined && urgency !== 'high' && urgency !== 'low') throw invalid('Urgency must be high or low')
    if (title !== undefined && (typeof title !== 'string' || title.trim() === ''))
      throw invalid('Title cannot be empty')
    const next = escalation(incident, wanted.escalation_level)
    if (next) escalate(incident, by, now(), next.level, next.person.id)
    if (people) assign(incident, by, now(), people)
    if (status === 'acknowledged') acknowledge(incident, by, now())
    if (status === 'resolved') resolve(incident, by, now(), typeof resolution === 'string' ? resolution : undefined)
    Object.assign(incident, title && { title }, urgency && { urgency }, priority, { updated: now() })
  }

  const escalation = (incident: Incident, level: unknown) => {
    if (level === undefined) return undefined
    const policy = directory.policyOf(directory.services.find(({ id }) => id === incident.service)!)
    const paged = Number.isInteger(level)
      ? pagedAt(directory, state.value.overrides, policy, now(), Number(level))
      : undefined
    if (!paged || paged.level !== level) throw invalid('Escalation level is not in the escalation policy')
    return paged
  }

  const updateOne: Handler = (request) => {
    const by = actor(request)
    const incident = incidentIn(request)
    update(incident, wrapped(request, 'incident'), by)
    state.changed()
    return { status: 200, body: { incident: documents(request).incident(incident) } }
  }

  /** All or nothing: an incident that refuses leaves the others as they were. */
  const updateMany: Handler = (request) => {
    const by = actor(request)
    const wanted = field(request.body, 'incidents')
    if (!Array.isArray(wanted) || wanted.length === 0) throw invalid('Incidents are required')
    if (wanted.length > LARGEST_BULK) throw invalid(`At most ${LARGEST_BULK} incidents can be updated at once`)
    const changed = wanted.map((each) => [structuredClone(find(field(each, 'id'))), each] as const)
    for (const [incident, each] of changed) update(incident, each as Record<string, unknown>, by)
    for (const [incident] of changed) Object.assign(find(incident.id), incident)
    state.changed()
    const show = documents(request)
    return { status: 200, body: { incidents: changed.map(([incident]) => show.incident(incident)) } }
  }

  const snoozeOne: Handler = (request) => {
    const by = actor(request)
    const incident = incidentIn(request)
    const seconds = field(request.body, 'duration')
    if (!Number.isInteger(seconds) || (seconds as number) < 1 || (seconds as number) > LONGEST_SNOOZE)
      throw invalid(`Duration must be between 1 and ${LONGEST_SNOOZE} seconds`)
    snooze(incident, by, now(), seconds as number)
    state.changed()
    return { status: 201, body: { incident: documents(request).incident(incident) } }
  }

  const addNote: Handler = (request) => {
    const by = actor(request)
    const incident = incidentIn(request)
    const content = wrapped(request, 'note').content
    if (typeof content !== 'string' || content.trim() === '') throw invalid('Content cannot be empty')
    const note = annotate(incident, by, now(), content)
    state.changed()
    return { status: 200, body: { note: documents(request).note(note) } }
  }

  const logEntries: Handler = (request) => {
    const incident = incidentIn(request)
    const show = documents(request)
    return page(request, 'log_entries', [...incident.log].reverse(), (entry) => show.logEntry(incident, entry))
  }

  router
    .get('/incidents', list)
    .post('/incidents', create)
    .put('/incidents', updateMany)
    .get('/incidents/{id}', (request) => {
      const shown = documents(request).incident(incidentIn(request), listOf(request, 'include'))
      return { status: 200, body: { incident: shown } }
    })
    .put('/incidents/{id}', updateOne)
    .post('/incidents/{id}/snooze', snoozeOne)
    .get('/incidents/{id}/notes', (request) => {
      const notes = incidentIn(request).notes.map(documents(request).note)
      return { status: 200, body: { notes: notes.reverse() } }
    })
    .post('/incidents/{id}/notes', addNote)
    .get('/incidents/{id}/log_entries', logEntries)
    .get('/incidents/{id}/alerts', (request) =>
      page(request, 'alerts', [incidentIn(request)], documents(request).alert),
    )
}

/** The priority that a body names by id; refuses one that is not the account's. */
function priorityOf(wanted: Record<string, unknown>): { priority?: (typeof priorities)[number] } {
  if (wanted.priority === undefined || wanted.priority === null) return {}
  const priority = priorities.find((name) => pagerDutyId('priority', name) === field(wanted.priority, 'id'))
  if (!priority) throw invalid('Priority not found')
  return { priority }
}

/** What a list of incidents is narrowed to. Without a range it is the last month, as PagerDuty's. */
function filterOf(request: VendorRequest, directory: Directory, now: number): (incident: Incident) => boolean {
  const all = request.query.date_range === 'all'
  const until = momentOf(request, 'until') ?? now + 1
  const since = momentOf(request, 'since') ?? until - MONTH
  if (!all && until - since > 6 * MONTH) throw invalid('The requested range is longer than 6 months')
  const wanted = (name: string) => {
    const values = listOf(request, name)
    return (...actual: string[]) => values.length === 0 || actual.some((value) => values.includes(value))
  }
  const [status, urgency, service] = [wanted('statuses'), wanted('urgencies'), wanted('service_ids')]
  const [team, user] = [wanted('team_ids'), wanted('user_ids')]
  const key = request.query.incident_key
  const teamOf = (incident: Incident) => directory.services.find(({ id }) => id === incident.service)!.team!
  return (incident) =>
    (all || (incident.created >= since && incident.created < until)) &&
    status(incident.status) &&
    urgency(incident.urgency) &&
    service(pagerDutyId('service', incident.service)) &&
    team(pagerDutyId('team', teamOf(incident))) &&
    user(...incident.assigned.map(({ person }) => pagerDutyId('user', person))) &&
    (key === undefined || incident.key === key)
}

const sortable: Record<string, (incident: Incident) => number> = {
  incident_number: ({ number }) => number,
  created_at: ({ created }) => created,
  resolved_at: ({ resolved }) => resolved ?? 0,
  urgency: ({ urgency }) => (urgency === 'high' ? 0 : 1),
}

/** The order that `sort_by` asks for, such as `created_at:desc,incident_number`; by number where it is absent. */
function orderOf({ query }: VendorRequest): (a: Incident, b: Incident) => number {
  const keys = (query.sort_by ?? 'incident_number:asc').split(',').map((key) => {
    const [name, direction = 'asc'] = key.split(':')
    const value = sortable[name ?? '']
    if (!value || !/^(asc|desc)$/.test(direction)) throw invalid(`Sort by ${key} is not supported`)
    return (a: Incident, b: Incident) => (direction === 'asc' ? value(a) - value(b) : value(b) - value(a))
  })
  return (a, b) => keys.map((compare) => compare(a, b)).find((order) => order !== 0) ?? 0
}
