import { expect, test } from '@jest/globals'
import { entity, optional, range, time } from '../../skills/kit/arguments.js'
import { createNameIndex } from './name-index.js'
import { namesFor } from './names.js'
import { timesApart } from './times-apart.js'

const named = (kind: string, id: string) => ({ kind, id, name: id, aliases: [] })
const names = namesFor(createNameIndex([named('Team', 'payments'), named('Environment', 'staging')]), () => true)
const spoken = { now: '2026-11-18T09:00:00.000Z', zone: 'Europe/Berlin' }
const team = entity('Team', 'of whom')
const slot = (words: string) => ({ words, start: 0, end: words.length })
const said = (args: Parameters<typeof timesApart>[0], slots: Record<string, string>) => {
  const given = Object.fromEntries(Object.entries(slots).map(([name, words]) => [name, slot(words)]))
  return Object.fromEntries(
    Object.entries(timesApart(args, given, names, spoken)).map(([name, { words }]) => [name, words]),
  )
}

test('when something is said behind a name goes to the argument that takes it', () => {
  expect(said({ team, range: optional(range('when')) }, { team: 'payments, last week' })).toEqual({
    team: 'payments',
    range: 'last week',
  })
  expect(said({ team, at: optional(time('when')) }, { team: 'payments tomorrow' })).toEqual({
    team: 'payments',
    at: 'tomorrow',
  })
})

test('both ends in the place of the beginning are two, and a day behind the name is of both', () => {
  const args = { team, from: optional(time('from')), to: optional(time('to')) }
  expect(said(args, { team: 'payments', from: '10:00 to 12:00' })).toEqual({
    team: 'payments',
    from: '10:00',
    to: '12:00',
  })
  expect(said(args, { team: 'payments tomorrow', from: '9 to 12' })).toEqual({
    team: 'payments',
    from: 'tomorrow at 9',
    to: '12',
  })
})

test('a name stays whole where nothing takes a time, or what is left is no name', () => {
  expect(said({ team }, { team: 'payments tomorrow' })).toEqual({ team: 'payments tomorrow' })
  expect(said({ team, at: optional(time('when')) }, { team: 'nobody tomorrow' })).toEqual({ team: 'nobody tomorrow' })
})

test('what need not be said and is nothing but when is when', () => {
  const args = { environment: optional(entity('Environment', 'where')), range: optional(range('when')) }
  expect(said(args, { environment: 'October' })).toEqual({ range: 'October' })
  expect(said(args, { environment: 'staging' })).toEqual({ environment: 'staging' })
})
