import { entity, optional, time } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { notFound } from '../kit/errors.js'
import type { Entity } from '../kit/model.js'
import type { Plan } from '../kit/plan.js'
import type { StepTurn, Turn } from '../kit/ports.js'
import { enterHandOver, type HandOverPorts } from './hand-over.js'
import { planCover } from './plan-cover.js'
import { planSwap } from './plan-swap.js'
import { sayGaps } from './say-gaps.js'
import { sayNobody } from './say-nobody.js'
import { sayOnCall } from './say-on-call.js'
import { sayRota } from './say-rota.js'
import { says } from './says.js'
import { saysOfShifts } from './says-of-shifts.js'
import { saysOfChanges } from './says-of-changes.js'
import { saysOfRequests } from './says-of-requests.js'
import { saysIn } from './says-in.js'
import { saysOfGaps } from './says-of-gaps.js'
import { sayShifts } from './say-shifts.js'

const team = optional(entity(['Team', 'Service', 'Schedule'], 'of which team'))
const from = optional(time('from when'))
const to = optional(time('until when'))

const change = {
  effect: 'change' as const,
  role: 'developer' as const,
  step: (plan: Plan, state: { done: number } | undefined, turn: StepTurn<HandOverPorts>) =>
    enterHandOver(plan, state, turn),
}

async function me({ person, catalog }: Pick<Turn<'catalog'>, 'person' | 'catalog'>): Promise<Entity> {
  const found = await catalog.get({ kind: 'Person', id: person.id })
  if (!found) throw notFound('The directory has no entry for you.', 'Ask an Admin of Nexus to add you.')
  return found
}

export default defineSkill({
  name: 'on-call',
  summary: 'Who carries the pager.',
  order: 10,
  area: 'on-call',
  uses: ['catalog', 'onCall', 'people', 'chats', 'records', 'schedules'],
  commands: {
    show: {
      summary: 'Who is on call for a service or team',
      says: says.show,
      saysIn,
      args: { target: entity(['Service', 'Team'], 'whose pager'), at: optional(time('when')) },
      effect: 'read',
      role: 'developer',
      featured: true,
      async run({ target, at }, turn) {
        const moment = at ?? turn.now
        const [first, ...others] = await turn.onCall.rotas(target, moment)
        return first ? sayOnCall(target, [first, ...others], moment, turn) : sayNobody(target, turn)
      },
    },
    rota: {
      summary: 'The rota of the coming week, and who is next',
      says: saysOfShifts.rota,
      args: { target: entity(['Team', 'Service', 'Schedule'], 'whose rota'), from },
      effect: 'read',
      role: 'developer',
      run: ({ target, from: begin }, turn) => sayRota(target, begin ?? turn.now, turn),
    },
    shifts: {
      summary: 'When I am on call',
      says: saysOfShifts.shifts,
      args: { person: optional(entity('Person', 'whose shifts')) },
      effect: 'read',
      role: 'developer',
      run: ({ person }, turn) => sayShifts(person ?? turn.person, turn),
    },
    gaps: {
      summary: 'When nobody is on call in the coming week',
      says: saysOfGaps,
      args: { team },
      effect: 'read',
      role: 'developer',
      run: ({ team: whose }, turn) => sayGaps(whose, turn),
    },
    swap: {
      ...change,
      summary: 'Swap a shift of mine with somebody, who has to agree',
      says: saysOfChanges.swap,
      requests: saysOfRequests.swap,
      args: { from: time('which of my days'), with: entity('Person', 'with whom'), to, team },
      plan: (args, turn) => planSwap(args, turn),
    },
    override: {
      ...change,
      summary: 'Have somebody cover for me, who has to agree',
      says: saysOfChanges.override,
      requests: saysOfRequests.override,
      args: { with: entity('Person', 'who covers'), from, to, team },
      plan: async ({ with: cover, ...args }, turn) => planCover({ whose: await me(turn), cover }, args, turn),
    },
    cover: {
      ...change,
      summary: 'Cover for somebody, who has to agree',
      says: saysOfChanges.cover,
      requests: saysOfRequests.cover,
      args: { person: entity('Person', 'whose pager'), from, to, team },
      plan: async ({ person, ...args }, turn) => planCover({ whose: person, cover: await me(turn) }, args, turn),
    },
  },
  offers: ['incident.list', 'catalog.show', 'catalog.owner'],
})
