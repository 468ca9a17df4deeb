import { describe, expect, test } from '@jest/globals'
import { entity, text, type Args } from '../../skills/kit/arguments.js'
import { defineSkill, type Skill } from '../../skills/kit/command.js'
import { createRegistry, slashOf } from './registry.js'

const ten = (first: string): string[] => [first, ...Array.from({ length: 9 }, (_, n) => `${first} ${n}`)]
const skill = (name: string, command: string, says: string[], args: Args = {}): Skill =>
  defineSkill({
    name,
    summary: '',
    uses: [],
    commands: {
      [command]: { summary: '', says, args, effect: 'read', role: 'guest', run: async () => ({ text: '' }) },
    },
  })

test.each<[string, Skill[], string]>([
  [
    'a command declared twice',
    [skill('a', 'show', ten('x')), skill('a', 'show', ten('y'))],
    'a.show is declared twice',
  ],
  ['a name in capitals', [skill('Big', 'show', ten('x'))], '"Big" is not a lower-case name with hyphens'],
  ['a name with a space', [skill('a', 'two words', ten('x'))], '"two words" is not a lower-case name with hyphens'],
  ['too few examples', [skill('a', 'show', ['x'])], 'a.show has 1 examples; write ten or more'],
  ['a placeholder without an argument', [skill('a', 'show', ten('x {y}'))], 'says "x {y}", but has no argument y'],
  ['a placeholder named like a prototype’s', [skill('a', 'show', ten('x {toString}'))], 'but has no argument toString'],
  [
    'a kind that does not exist',
    [skill('a', 'show', ten('x {y}'), { y: entity('Unicorn' as never, 'which') })],
    'y asks for a kind that does not exist',
  ],
  [
    'two that say the same',
    [skill('a', 'show', ten('x')), skill('b', 'show', ten('X'))],
    'b.show and a.show both say "X"',
  ],
  [
    'two that differ by the name of a placeholder only',
    [skill('a', 'show', ten('x {y}'), { y: text('y') }), skill('b', 'show', ten('x {z}'), { z: text('z') })],
    'b.show and a.show both say "x {z}"',
  ],
  [
    'two that differ by an article only',
    [skill('a', 'show', ten('show the x')), skill('b', 'show', ten('Show x'))],
    'b.show and a.show both say "Show x"',
  ],
  [
    'two in whose places the same may stand',
    [
      skill('a', 'show', ten('x {y}'), { y: entity(['Service', 'Team'], 'which') }),
      skill('b', 'show', ten('x {z}'), { z: entity(['Person', 'Team'], 'whose') }),
    ],
    'b.show and a.show both say "x {z}"',
  ],
])('%s is named at the start', (_mistake, skills, said) => {
  expect(() => createRegistry(skills)).toThrow(said)
})

test('all mistakes are named at once', () => {
  const wrong = [skill('A', 'show', ['x']), skill('b', 'show', ten('x {y}'))]
  expect(() => createRegistry(wrong)).toThrow(
    /Skills are declared wrongly:\n {2}A\.show[^]*has 1 examples[^]*no argument y/,
  )
})

test('placeholders of different kinds tell phrases apart, and slashes are short where they can be', () => {
  const registry = createRegistry([
    skill('a', 'show', ten('x {y}'), { y: entity('Service', 'which') }),
    skill('b', 'list', ten('x {y}'), { y: entity('Team', 'which') }),
  ])
  expect(registry.commands.map(({ id, slash }) => `${id} ${slash}`)).toEqual(['a.show /a', 'b.list /b list'])
  expect(registry.find('constructor')).toBeUndefined()
  expect(slashOf('on-call', 'show')).toBe('/on-call')
})

describe('plain requests of a command', () => {
  const change = (requests: string[], effect: 'change' | 'read' = 'change'): Skill => {
    const declared = skill('a', 'do', ten('do {y}'), { y: entity('Service', 'what') })
    return {
      ...declared,
      commands: { do: { ...declared.commands.do!, effect, requests } as Skill['commands'][string] },
    }
  }

  test('are spelt out, and those that are examples too are said once', () => {
    const [info] = createRegistry([change(['(do|make) {y} [now]', 'do {y} 3'])]).commands
    expect(info!.requests).toEqual(['do {y} now', 'make {y} now', 'make {y}'])
  })

  test('are none of a command that has none beside its examples', () =>
    expect(createRegistry([change(['do {y}'])]).commands[0]).not.toHaveProperty('requests'))

  test.each<[string, Skill[], string]>([
    ['a placeholder without an argument', [change(['make {z}'])], 'says "make {z}", but has no argument z'],
    ['a command that changes nothing', [change(['make {y}'], 'read')], 'a.do changes nothing, so what is asked for'],
    [
      'what another command says',
      [change(['make {y}']), skill('b', 'show', ten('make {z}'), { z: entity('Service', 'what') })],
      'both say "make {',
    ],
  ])('%s is named at the start', (_mistake, skills, said) => expect(() => createRegistry(skills)).toThrow(said))
})
