import { describe, expect, test } from '@jest/globals'
import { entity, optional } from '../../skills/kit/arguments.js'
import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import type { Entity, Ref } from '../../skills/kit/model.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import { replaceArgument } from './follow-up-ellipsis.js'
import type { Speaking } from './follow-up-memory.js'
import { namePointers } from './follow-up-pronouns.js'
import { createNameIndex } from './name-index.js'
import type { NamedEntity } from './understanding.js'

const things: NamedEntity[] = [
  { kind: 'Proposal', id: 'PR-1', name: 'PR-1', aliases: [] },
  { kind: 'Proposal', id: 'PR-2', name: 'Restart web app checkout-web-dev', aliases: ['checkout-web-dev restart'] },
  { kind: 'Resource', id: '/sites/checkout-web-stg', name: 'checkout-web-stg', aliases: [] },
  { kind: 'Resource', id: '/sites/checkout-web-dev', name: 'checkout-web-dev', aliases: [] },
  { kind: 'Printer', id: 'hall', name: 'hall', aliases: [] },
]
const [service] = builtInKinds as [KindDeclaration]
const printer: KindDeclaration = {
  ...service,
  kind: 'Printer',
  title: 'Printer',
  plural: 'Printers',
  says: ['printer'],
}

const command = (kinds: readonly string[]): CommandInfo =>
  ({
    id: 'some.show',
    args: { what: entity(kinds, 'what'), also: optional(entity('Person', 'who')) },
  }) as unknown as CommandInfo

const speaking = (kinds: readonly string[], last?: Ref): Speaking => ({
  hearing: {
    text: '',
    tenant: 't',
    now: '2026-11-18T09:00:00.000Z',
    zone: 'UTC',
    locale: 'en',
    mentions: [],
    speaker: { kind: 'Person', id: 'dana' },
    kinds: [...builtInKinds, printer],
  },
  plain: { outcome: 'suggest', suggestions: [] },
  memory: { rows: [], found: [], ...(last && { intent: { command: 'some.show', args: { what: { ...last } } } }) },
  names: createNameIndex(things),
  commandOf: () => command(kinds),
  thingOf: ({ kind, id }) => things.find((one) => one.kind === kind && one.id === id) as unknown as Entity | undefined,
  understand: () => ({ outcome: 'suggest', suggestions: [] }),
})

describe('the last command, asked of something else', () => {
  const of = (what: Ref) => ({ command: 'some.show', args: { what: { ...what } } })

  test('a thing takes the place of a thing', () => {
    const [, , staging, dev] = things
    const replaced = replaceArgument(of(staging!), 'checkout-web-dev', speaking(['Resource']))
    expect(replaced?.intent.args.what).toEqual({ kind: 'Resource', id: dev!.id })
  })

  test('how its name ends says that it was that already, where nothing else is called so', () => {
    const [, , staging] = things
    expect(replaceArgument(of(staging!), 'stg', speaking(['Resource']))).toMatchObject({
      intent: { args: { what: { kind: 'Resource', id: staging!.id } } },
      candidates: [{ name: 'checkout-web-stg' }],
    })
    expect(replaceArgument(of(staging!), 'tg', speaking(['Resource']))).toBeUndefined()
  })

  test('a proposal is never replaced by one that is for the thing that was said', () => {
    const before = of({ kind: 'Proposal', id: 'PR-1' })
    for (const words of ['checkout-web-dev', 'checkout web', 'restart checkout-web', 'dev'])
      expect(replaceArgument(before, words, speaking(['Proposal']))).toBeUndefined()
    expect(replaceArgument(before, 'PR-2', speaking(['Proposal']))?.intent.args.what).toEqual({
      kind: 'Proposal',
      id: 'PR-2',
    })
  })
})

test("an organisation's own kind can be pointed at by its word", () => {
  const hall = { kind: 'Printer', id: 'hall' }
  expect(namePointers('who owns that printer', speaking(['Printer'], hall))?.text).toBe('who owns hall')
  expect(namePointers('who owns that plotter', speaking(['Printer'], hall))).toBeUndefined()
})
