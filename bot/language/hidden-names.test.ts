import { expect, test } from '@jest/globals'
import { join } from 'node:path'
import { discoverSkills } from '../discover-skills.js'
import { createRegistry } from '../hub/registry.js'
import { createNameIndex } from './name-index.js'
import { namesFor } from './names.js'
import { createUnderstand } from './understand.js'
import type { Hearing, NamedEntity } from './understanding.js'

const { commands } = createRegistry(await discoverSkills(join(import.meta.dirname, '..', '..', 'skills')))
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
    const hearing = (text: string): Hearing => ({
      text,
      tenant: 'contoso',
      now: '2026-11-18T09:00:00.000Z',
      zone: 'UTC',
      locale: 'en',
      mentions: [],
      speaker: { kind: 'Person', id: 'jo@contoso.example' },
    })
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
