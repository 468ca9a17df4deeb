import { expect, test } from '@jest/globals'
import { entity, optional, text, time } from './arguments.js'
import { defineSkill } from './command.js'

test('a skill declares its commands once, and run gets typed arguments and only its ports', async () => {
  const skill = defineSkill({
    name: 'sample',
    summary: 'A sample.',
    uses: ['catalog'],
    commands: {
      show: {
        summary: 'Show',
        says: ['show {target}'],
        args: { target: entity('Service', 'what'), at: optional(time('when')), note: text('note') },
        effect: 'read',
        role: 'developer',
        async run({ target, at, note }, turn) {
          const name: string = target.name
          const moment: string | undefined = at
          // @ts-expect-error the port onCall was not declared
          void turn.onCall
          return { text: `${name} ${moment ?? ''} ${note} ${(await turn.catalog.sources()).length}` }
        },
      },
    },
  })
  expect(Object.keys(skill.commands)).toEqual(['show'])
  expect(skill.offers).toEqual([])
})
