import { entity, number, optional } from '../../skills/kit/arguments.js'
import { defineSkill } from '../../skills/kit/command.js'
import { notFound, unavailable } from '../../skills/kit/errors.js'
import type { Json } from '../../skills/kit/model.js'
import type { Plan, Risk, Step } from '../../skills/kit/plan.js'

/** A world outside Nexus with one thing in it: how many instances run, and every effect that reached it, by attempt. */
export interface World {
  instances: number
  gone: boolean
  /** Effects that took place, in order. */
  effects: { attempt: string; count: number }[]
  /** What the world's own log says of a request. */
  log: Set<string>
  environment: string
  risk: Risk
  guard?: string
  /** Called with each request, before it has its effect; a throw loses it. */
  before?: () => void
  /** Called after its effect; a throw loses the answer. */
  after?: () => void
  /** Polls until the operation is done. */
  polls: number
  readable: boolean
}

export const newWorld = (): World => ({
  instances: 3,
  gone: false,
  effects: [],
  log: new Set(),
  environment: 'staging',
  risk: 'low',
  polls: 1,
  readable: true,
})

/** A change as an action would be: reads a number, sets it with one request, and follows the operation until it is done. */
export const sampleSkill = (world: World) =>
  defineSkill({
    name: 'sample',
    summary: 'Changes a number in a world of its own.',
    uses: [],
    commands: {
      scale: {
        summary: 'Scale something',
        says: [
          'scale {target} to {count}',
          'set {target} to {count}',
          'scale the {target} to {count}',
          'resize {target} to {count}',
          'make {target} {count}',
          'give {target} {count} instances',
          'run {target} with {count}',
          'bring {target} to {count}',
          'change {target} to {count}',
          'grow {target} to {count}',
        ],
        args: { target: entity('Service', 'what'), count: optional(number('how many', { min: 0, max: 100 })) },
        effect: 'change',
        role: 'developer',
        async plan({ target, count = 5 }): Promise<Plan> {
          if (world.gone) throw notFound(`${target.name} is not there any more.`)
          if (!world.readable) throw unavailable('The world does not answer.')
          return {
            target: { kind: target.kind, id: target.id },
            title: `Scale ${target.name} to ${count}`,
            consequence: 'Nobody notices.',
            environment: world.environment,
            team: 'web',
            args: { count },
            before: { Instances: world.instances },
            after: { Instances: count },
            binds: { Instances: world.instances },
            guards: [
              { allowed: true, reason: 'working hours' },
              ...(world.guard === undefined
                ? []
                : [{ allowed: false, reason: world.guard, wayOn: 'Wait until it is over.' }]),
            ],
            undo: {
              command: 'sample.scale',
              args: { target: { kind: 'Service', id: target.id }, count: world.instances },
            },
            risk: world.risk,
            requests: [`PUT …/${target.name} count=${count}`],
          }
        },
        async step(plan, state, turn): Promise<Step<Json>> {
          const { count } = plan.args as { count: number }
          const next = new Date(Date.parse(turn.now) + 1_000).toISOString()
          const polled = (state as { polled: number } | undefined)?.polled
          if (polled !== undefined) {
            if (!world.readable) throw unavailable('The world does not answer.')
            const progress = { text: `Poll ${polled + 1} of ${world.polls}.`, ratio: (polled + 1) / world.polls }
            return polled + 1 >= world.polls
              ? { state: { polled: polled + 1 }, progress, done: { Instances: world.instances } }
              : { state: { polled: polled + 1 }, progress, next }
          }
          const { unanswered } = turn
          if (unanswered) {
            if (!world.readable) throw unavailable('The world does not answer.')
            if (world.log.has(unanswered.id))
              return { state: { polled: 0 }, progress: { text: 'It was sent, as the log says.' }, next }
            return { state: null, progress: { text: 'Not known.' }, unknown: 'The log knows nothing of the request.' }
          }
          await turn.attempt(async (attempt) => {
            world.before?.()
            world.effects.push({ attempt, count })
            world.log.add(attempt)
            world.instances = count
            world.after?.()
          })
          return { state: { polled: 0 }, progress: { text: 'Sent.' }, next }
        },
      },
    },
  })
