import { expect, test } from '@jest/globals'
import { createNameIndex } from './name-index.js'
import { namesFor } from './names.js'
import { hearing, registryOfSkills } from './testing/hearing.js'
import { createUnderstand } from './understand.js'
import type { NamedEntity } from './understanding.js'

const { commands } = await registryOfSkills()
const understand = createUnderstand(commands)

const seen: NamedEntity[] = [
  { kind: 'Service', id: 'shop', name: 'shop', aliases: [] },
  { kind: 'Team', id: 'blue', name: 'Blue', aliases: [] },
]
const said = [
  '{}',
  'show {}',
  'who owns {}',
  'is {} healthy',
  'restart {}',
  'what depends on {}',
  '{} shop',
  'who is on call for {}',
  'show me the {} team',
  'open incidents of {}',
  'roll back {}',
  'tell me about the {} thing',
  'ack {}, please',
]

/** Names that nothing else is called, words that examples have, and words that hold sentences together. */
test.each(['merger', 'ledger-api', 'pay', 'bill', 'nobody', 'search'])(
  'whether there is a “%s” that somebody may not see changes nothing in what is understood',
  (name) => {
    const without = createNameIndex(seen)
    const hidden = createNameIndex([...seen, { kind: 'Service', id: name, name, aliases: [] }])
    for (const text of said.map((words) => words.replace('{}', name))) {
      const asIfNothing = understand(
        hearing(text),
        namesFor(without, () => true),
      )
      expect({
        text,
        ...understand(
          hearing(text),
          namesFor(hidden, ({ id }) => id !== name),
        ),
      }).toEqual({
        text,
        ...asIfNothing,
      })
    }
  },
)
