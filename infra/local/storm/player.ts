import { randomUUID } from 'node:crypto'
import type { Services } from '../frame/services.js'
import type { Organisation, Resource } from '../organisation/model.js'
import { alertBody, ruleId, type Occurrence } from './alert-body.js'
import { recordAlert, recordHealth, swapSlot } from '../azure/record-outage.js'
import { recordDeployment } from '../github/record-deployment.js'
import type { Act, Deployment, Story, StoryAlert } from './story.js'

/** A webhook that the story sends. */
export interface Sending {
  source: 'azure-monitor' | 'github'
  body: unknown
  headers?: Record<string, string>
}

/** What one step came to. */
export interface Played {
  /** Business time. */
  at: string
  /** One plain line. */
  line: string
  /** Why the hub did not take what it was sent. */
  problem?: string
  /** Whose webhook was sent. */
  sent?: Sending['source']
}

/** What a story is played on. */
export interface Stage {
  services: Services
  /** Brings a webhook to the hub, signed as its vendor signs it, and gives the status; rejects where no hub answers. */
  deliver(sending: Sending): Promise<number>
}

/** One step of a story: something happens, or a webhook of it comes. */
export interface Step {
  /** Seconds from the story's beginning. */
  at: number
  act: Act
  do: 'happen' | 'deliver' | 'deliver again'
}

/** A story's steps in the order of time; a webhook may come long after what it tells of. */
export function stepsOf({ acts }: Story): Step[] {
  const steps = acts.flatMap((act): Step[] => {
    const happens: Step = { at: act.at, act, do: 'happen' }
    if ('deploy' in act) return [happens]
    const comes = act.at + act.late
    const again: Step[] = act.again === undefined ? [] : [{ at: comes + act.again, act, do: 'deliver again' }]
    return [happens, { at: comes, act, do: 'deliver' }, ...again]
  })
  return steps.toSorted((a, b) => a.at - b.at)
}

/** Plays the steps of one story, one after the other. */
export class Player {
  readonly #firing = new Map<string, Occurrence>()
  /** What each act has its webhook tell. */
  readonly #told = new Map<Act, Sending>()

  constructor(
    private readonly story: Story,
    private readonly stage: Stage,
  ) {}

  /** Plays a step now. @returns undefined where there is nothing to be seen of it yet */
  async play({ act, do: what }: Step): Promise<Played | undefined> {
    const at = this.stage.services.clock.now().toISOString()
    if ('deploy' in act) return this.#played(at, this.#deploy(act.deploy), this.#deployed(act.deploy))
    const fires = 'fire' in act
    const name = fires ? act.fire : act.resolve
    const alert = this.story.alerts[name]!
    if (what === 'happen') return void this.#told.set(act, this.#happen(name, alert, fires))
    const told = fires
      ? `alert ${alert.severity} ${alert.rule} on ${alert.on}`
      : `resolved ${alert.rule} on ${alert.on}`
    const how = what === 'deliver again' ? ', once more' : act.late ? `, ${act.late} s late` : ''
    return this.#played(at, told + how, this.#told.get(act))
  }

  async #played(at: string, line: string, sending: Sending | undefined): Promise<Played> {
    const problem = sending && (await this.#send(sending))
    return { at, line, ...(problem && { problem }), ...(sending && { sent: sending.source }) }
  }

  #deploy({ site, slot, by, service, version, environment, title }: Deployment): string {
    const { services } = this.stage
    swapSlot(services, { siteId: resourceNamed(services.org, site).id, slot, version, person: by })
    const who = services.org.people.find(({ id }) => id === by)!.name
    return `${service} ${version} deployed to ${environment} by ${who}: ${title}`
  }

  #deployed(deployment: Deployment): Sending | undefined {
    const body = recordDeployment(this.stage.services, deployment)
    return body && { source: 'github', body, headers: { 'x-github-event': 'deployment_status' } }
  }

  #happen(name: string, alert: StoryAlert, fires: boolean): Sending {
    const { services } = this.stage
    const now = services.clock.now()
    const occurrence = fires
      ? { id: randomUUID(), alert, resource: resourceNamed(services.org, alert.on), fired: now }
      : { ...this.#firing.get(name)!, resolved: now }
    if (fires) this.#firing.set(name, occurrence)
    else this.#firing.delete(name)
    note(services, occurrence)
    return { source: 'azure-monitor', body: alertBody(occurrence, services.org) }
  }

  /** Brings a webhook to the hub. @returns why it was not taken */
  async #send(sending: Sending): Promise<string | undefined> {
    try {
      const status = await this.stage.deliver(sending)
      if (status < 300) return undefined
      return status === 404
        ? `the hub answered 404: it takes no webhooks of ${sending.source}`
        : `the hub answered ${status}`
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }
}

/** The resource of a name, the one in production where several have it. */
function resourceNamed({ resources }: Organisation, name: string): Resource {
  const named = resources.filter((resource) => resource.name === name)
  return named.find(({ environment }) => environment.startsWith('prod')) ?? named[0]!
}

/** Has Azure list the alert, and Resource Health say what a health alert tells. */
function note(services: Services, { id, alert, resource, fired, resolved }: Occurrence): void {
  recordAlert(services, {
    ...{ id, subscription: resource.subscriptionId, name: alert.rule, severity: alert.severity },
    ...{ target: resource.id, rule: ruleId(alert, resource), fired, ...(resolved && { resolved }) },
  })
  if (alert.kind === 'health') recordHealth(services, resource.id, resolved ? 'Available' : alert.state, alert.title)
}
