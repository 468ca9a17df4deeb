import { entity, optional, time } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { sayNobody } from './say-nobody.js'
import { sayOnCall } from './say-on-call.js'

export default defineSkill({
  name: 'on-call',
  summary: 'Who carries the pager.',
  order: 10,
  area: 'on-call',
  uses: ['catalog', 'onCall'],
  commands: {
    show: {
      summary: 'Who is on call for a service or team',
      says: [
        "who's on call for {target}",
        'who is on call for {target} at {at}',
        'who is on call {target}',
        'who is on {target} call',
        'on call {target}',
        'on call for {target}',
        'who has the pager for {target}',
        'who carries the pager for {target}',
        'pager {target}',
        'pager for {target}',
        'who do i page for {target}',
        'who do i call for {target}',
        'who is on duty for {target}',
        'who can i wake for {target}',
        '{target} on call',
        '{target} pager',
        'who is on call for {target} {at}',
        'who is on call {at} for {target}',
        'on call for {target} {at}',
        'who has the pager for {target} {at}',
      ],
      args: { target: entity(['Service', 'Team'], 'whose pager'), at: optional(time('when')) },
      effect: 'read',
      role: 'developer',
      featured: true,
      async run({ target, at }, turn) {
        const moment = at ?? turn.now
        const rotas = await turn.onCall.rotas(target, moment)
        const [first, ...others] = rotas
        return first ? sayOnCall(target, [first, ...others], moment, turn) : sayNobody(target, turn)
      },
    },
  },
  offers: ['incident.list', 'catalog.show', 'catalog.owner'],
})
