import { expect, test } from '@jest/globals'
import { entity as entityArg } from '../../skills/kit/arguments.js'
import { defineSkill } from '../../skills/kit/command.js'
import { Question } from '../../skills/kit/question.js'
import { entity, smallHub } from './testing/small-hub.js'

const asking = defineSkill({
  name: 'door',
  summary: 'Doors.',
  uses: [],
  commands: {
    open: {
      summary: 'Open a door',
      says: ['open', 'unlock', 'push', 'pull', 'swing', 'shove', 'slide', 'lift', 'tip', 'turn'].map(
        (verb) => `${verb} {of}`,
      ),
      args: { of: entityArg(['Service', 'Resource'], 'whose door') },
      effect: 'read',
      role: 'developer',
      run: async ({ of }) => {
        if (of.kind === 'Resource') return { text: `${of.name} is open` }
        throw new Question(
          `${of.name} has 2 doors. Which one?`,
          ['front', 'back'].map((id) => ({ title: id, args: { of: { kind: 'Resource', id } } })),
          'A third is walled up.',
        )
      },
    },
  },
})
const records = [entity('Service', 'house'), entity('Resource', 'front'), entity('Resource', 'back')]

test('a command asks which was meant, and goes on with what is tapped', async () => {
  const small = smallHub({ skills: [asking], records })
  const asked = await small.ask('open house')
  expect(asked).toMatchObject({ outcome: 'ask', command: 'door.open', args: { of: { id: 'house' } } })
  expect(asked.reply.text).toBe('house has 2 doors. Which one? There is front, back. A third is walled up.')
  const answered = await small.press(await small.show(asked.reply), 'back')
  expect(answered).toMatchObject({ outcome: 'answer', args: { of: { kind: 'Resource', id: 'back' } } })
  expect(answered.reply.text).toBe('back is open')
})
