import { z } from 'zod/v4'
import type { Entity, Instant, Person, Ref } from '../../../skills/kit/model.js'
import type { Decision, Plan } from '../../../skills/kit/plan.js'
import type { Catalog } from '../../../skills/kit/ports.js'
import { calendarDecisions, type ChangeCalendar, type Freeze } from './change-calendar.js'

/** What the organisation and its administrators say to a plan at this moment: decisions that stand on the card beside the plan's own. */
export type PolicyGuards = (command: string, plan: Plan, asker: Pick<Person, 'id'>) => Promise<Decision[]>

/** What the guards are asked from. */
export interface PolicyGuardsParts {
  catalog: Catalog
  /** The organisation's calendar, as its settings have it now. */
  calendar(): Promise<ChangeCalendar>
  /** What administrators froze and has not ended. */
  freezes(): Promise<readonly Freeze[]>
  clock: { now(): Instant }
}

/** Hours and freezes, asked when a change is planned, at each approval and again when it starts. */
export function createPolicyGuards({ catalog, calendar, freezes, clock }: PolicyGuardsParts): PolicyGuards {
  return async (command, plan, asker) => {
    const [decided, frozen, services, person] = await Promise.all([
      calendar(),
      freezes(),
      servicesOf(plan.target, catalog),
      catalog.get({ kind: 'Person', id: asker.id }),
    ])
    const whole = { ...decided, freezes: [...frozen, ...decided.freezes] }
    return calendarDecisions(whole, {
      ...{ command, plan, services, groups: groupsOf(person), at: clock.now() },
      incidents: await openIncidents(services, catalog),
    })
  }
}

async function servicesOf(target: Ref, catalog: Catalog): Promise<string[]> {
  if (target.kind === 'Service') return [target.id]
  const wholes = await catalog.related(target, { type: 'partOf', direction: 'out' })
  return wholes.filter(({ entity }) => entity.kind === 'Service').map(({ entity }) => entity.id)
}

const Groups = z.array(z.string())
const groupsOf = (person: Entity | undefined): string[] => Groups.safeParse(person?.props['groups']).data ?? []

const Severity = z.string().regex(/^sev\d$/)

/** Incidents that are open and hurt one of the services, or one that depends on it: what is broken below is mended there. */
async function openIncidents(
  services: readonly string[],
  catalog: Catalog,
): Promise<{ name: string; severity: number }[]> {
  const hurt = new Map<string, { name: string; severity: number }>()
  for (const id of services) {
    const service: Ref = { kind: 'Service', id }
    const above = (await catalog.reach(service, { direction: 'up' })).map(({ entity }) => entity)
    for (const { kind, id } of [service, ...above])
      for (const { entity } of await catalog.related({ kind, id }, { type: 'affects', direction: 'in' })) {
        const severity = Severity.safeParse(entity.props['severity']).data
        if (entity.kind === 'Incident' && severity !== undefined && entity.props['state'] !== 'resolved')
          hurt.set(entity.id, { name: entity.name, severity: Number(severity.slice(3)) })
      }
  }
  return [...hurt.values()].sort((a, b) => a.severity - b.severity)
}
