import type { Router, VendorRequest } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import type { State } from '../frame/state.js'
import { invalid, listOf, momentOf, notFound, page, zoneOf } from './answers.js'
import { priorities, type Directory } from './directory.js'
import { pagerDutyId } from './ids.js'
import { dutiesBetween, type Duty } from './on-call.js'
import { checkRange, matches } from './schedule-operations.js'
import type { PagerDutyState } from './state.js'
import { isoIn } from '../rotation/zoned-time.js'

/** Users, teams, services, escalation policies, priorities, and who is on call. */
export function directoryOperations(
  router: Router,
  { clock }: Services,
  directory: Directory,
  state: State<PagerDutyState>,
): void {
  const or404 = <T>(value: T | undefined): T => {
    if (value === undefined) throw notFound()
    return value
  }
  const ofTeams = (request: VendorRequest, team: string | undefined): boolean => {
    const wanted = listOf(request, 'team_ids')
    return wanted.length === 0 || (team !== undefined && wanted.includes(pagerDutyId('team', team)))
  }
  const one = (name: string, value: unknown) => ({ status: 200, body: { [name]: value } })

  const userIn = ({ params }: VendorRequest) => or404(directory.user(params.id))
  const showUser = (request: VendorRequest) => (person: Parameters<Directory['userDocument']>[0]) => ({
    ...directory.userDocument(person),
    ...(listOf(request, 'include').includes('contact_methods') && {
      contact_methods: directory.contactMethods(person),
    }),
  })
  router
    .get('/users', (request) => {
      const users = directory.users.filter((user) => matches(request, user.name) && ofTeams(request, user.team))
      return page(request, 'users', users, showUser(request))
    })
    .get('/users/me', () => {
      throw invalid('The requested resource needs a user-level token; this token belongs to the account')
    })
    .get('/users/{id}', (request) => one('user', showUser(request)(userIn(request))))
    .get('/users/{id}/contact_methods', (request) => one('contact_methods', directory.contactMethods(userIn(request))))
    .get('/users/{id}/contact_methods/{method}', (request) => {
      const methods = directory.contactMethods(userIn(request))
      return one('contact_method', or404(methods.find(({ id }) => id === request.params.method)))
    })

  router
    .get('/teams', (request) =>
      page(
        request,
        'teams',
        directory.teams.filter(({ name }) => matches(request, name)),
        directory.teamDocument,
      ),
    )
    .get('/teams/{id}', ({ params }) => one('team', directory.teamDocument(or404(directory.team(params.id!)))))
    .get('/teams/{id}/members', (request) => {
      const team = or404(directory.team(request.params.id!))
      const members = directory.users.filter((user) => user.team === team.id)
      const show = (user: (typeof members)[number]) => ({
        user: directory.userReference(user),
        role: user.id === team.lead ? 'manager' : 'responder',
      })
      return page(request, 'members', members, show)
    })

  const showService = (request: VendorRequest) => (service: Directory['services'][number]) => {
    const all = state.value.incidents.filter((incident) => incident.service === service.id)
    const open = all.filter(({ status }) => status !== 'resolved')
    const status = open.some(({ status }) => status === 'triggered') ? 'critical' : open.length ? 'warning' : 'active'
    const last = all.map(({ created }) => created).sort((a, b) => b - a)[0]
    const shown = directory.serviceDocument(service, status, last === undefined ? null : isoIn(last, 'UTC'))
    const include = listOf(request, 'include')
    const policy = directory.policyOf(service)
    return {
      ...shown,
      ...(include.includes('escalation_policies') && { escalation_policy: directory.policyDocument(policy) }),
      ...(include.includes('teams') && { teams: [directory.teamDocument(policy.team)] }),
    }
  }
  router
    .get('/services', (request) => {
      const services = directory.services.filter((s) => matches(request, s.name) && ofTeams(request, s.team))
      return page(request, 'services', services, showService(request))
    })
    .get('/services/{id}', (request) =>
      one('service', showService(request)(or404(directory.service(request.params.id)))),
    )
    .get('/escalation_policies', (request) => {
      const found = directory.policies.filter(({ team }) => matches(request, team.name) && ofTeams(request, team.id))
      return page(request, 'escalation_policies', found, directory.policyDocument)
    })
    .get('/escalation_policies/{id}', ({ params }) =>
      one('escalation_policy', directory.policyDocument(or404(directory.policy(params.id)))),
    )
    .get('/priorities', (request) => page(request, 'priorities', [...priorities], directory.priorityDocument))

  router.get('/oncalls', (request) => {
    const zone = zoneOf(request, 'UTC')
    const since = momentOf(request, 'since') ?? clock.now().getTime()
    const until = momentOf(request, 'until') ?? since
    checkRange(since, until)
    // A range without length asks who is on call at that moment.
    const duties = dutiesBetween(directory, state.value.overrides, since, Math.max(until, since + 1))
    const wanted = duties.filter((duty) => isWanted(request, duty))
    const shown = request.query.earliest === 'true' ? earliest(wanted) : wanted
    const include = listOf(request, 'include')
    return page(request, 'oncalls', shown, (duty) => showDuty(duty, zone, (name) => include.includes(name)))
  })

  const showDuty = (
    { policy, level, person, schedule, shift }: Duty,
    zone: string,
    whole: (name: string) => boolean,
  ) => ({
    user: (whole('users') ? directory.userDocument : directory.userReference)(person),
    schedule: schedule
      ? (whole('schedules') ? directory.scheduleDocument : directory.scheduleReference)(schedule)
      : null,
    escalation_policy: (whole('escalation_policies') ? directory.policyDocument : directory.policyReference)(policy),
    escalation_level: level,
    start: shift ? isoIn(shift.start, zone) : null,
    end: shift ? isoIn(shift.end, zone) : null,
  })
}

/** The filters of `/oncalls`: each that is given must hold. */
function isWanted(request: VendorRequest, { policy, person, schedule }: Duty): boolean {
  const holds = (name: string, id: string | undefined) => {
    const wanted = listOf(request, name)
    return wanted.length === 0 || (id !== undefined && wanted.includes(id))
  }
  return (
    holds('user_ids', pagerDutyId('user', person.id)) &&
    holds('escalation_policy_ids', pagerDutyId('escalation_policy', policy.team.id)) &&
    holds('schedule_ids', schedule && pagerDutyId('schedule', schedule.id))
  )
}

/** The earliest duty of each combination of policy, level and user. */
function earliest(duties: Duty[]): Duty[] {
  const first = new Map<string, Duty>()
  for (const duty of [...duties].sort((a, b) => (a.shift?.start ?? 0) - (b.shift?.start ?? 0))) {
    const key = `${duty.policy.team.id}/${duty.level}/${duty.person.id}`
    if (!first.has(key)) first.set(key, duty)
  }
  return [...first.values()]
}
