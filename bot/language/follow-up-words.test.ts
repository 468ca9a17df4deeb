import { expect, test } from '@jest/globals'
import {
  asksForMore,
  asksHowMany,
  goesOn,
  refusesAll,
  rowAlone,
  rowsTogether,
  rowWithin,
  saidAnew,
  saysYes,
} from './follow-up-words.js'

test.each<[string, ReturnType<typeof goesOn>]>([
  ['and for payments?', { how: 'same', rest: 'for payments' }],
  ['And what about staging', { how: 'same', rest: 'staging' }],
  ['what about yesterday?', { how: 'same', rest: 'yesterday' }],
  ['same for staging please', { how: 'same', rest: 'for staging' }],
  ['in production?', { how: 'same', rest: 'in production' }],
  ['no, the api', { how: 'instead', rest: 'the api' }],
  ['I meant orders', { how: 'instead', rest: 'orders' }],
  ['no I meant orders', { how: 'instead', rest: 'orders' }],
  ['sorry, staging', { how: 'instead', rest: 'staging' }],
  ['not payments, payments-db', { how: 'instead', rest: 'payments-db' }],
  ['no, payments-db, not payments', { how: 'instead', rest: 'payments-db' }],
  ['oops, wait: auth', { how: 'instead', rest: 'auth' }],
  ['und für payments?', { how: 'same', rest: 'payments', tongue: 'de' }],
  ['und was ist mit Payments', { how: 'same', rest: 'payments', tongue: 'de' }],
  ['Nein, payments-db', { how: 'same', rest: 'payments-db', tongue: 'de' }],
  ['et pour payments ?', { how: 'same', rest: 'payments', tongue: 'fr' }],
  ["qu'en est-il de orders ?", { how: 'same', rest: 'orders', tongue: 'fr' }],
  ['¿y para payments?', { how: 'same', rest: 'payments', tongue: 'es' }],
  ['también para staging', { how: 'same', rest: 'staging', tongue: 'es' }],
  ['und', undefined],
  ['undo that', undefined],
  ['yes', undefined],
  ['who owns checkout', undefined],
  ['no', undefined],
  ['and', undefined],
  ['android-app', undefined],
  ['not payments', undefined],
  ['', undefined],
])('%j goes on as %j', (text, going) => {
  expect(goesOn(text)).toEqual(going)
})

test('words that only lead to what is said anew fall away one by one', () => {
  expect(saidAnew('for the payments team')).toEqual(['for the payments team', 'the payments team', 'payments team'])
  expect(saidAnew('for')).toEqual(['for'])
})

test.each(['show more', 'more', 'next', 'the next page', 'give me the rest', 'and the rest', 'more results please'])(
  '%j asks for more',
  (text) => expect(asksForMore(text)).toBe(true),
)
test.each(['show more incidents of checkout', 'no more alerts', 'next deployment', 'what is next for auth', ''])(
  '%j asks for something else',
  (text) => expect(asksForMore(text)).toBe(false),
)

test.each([
  'how many are there?',
  'how many',
  'and how many of those are there',
  'how many is that in total',
  'count them',
])('%j asks how many there are of what was found', (text) => expect(asksHowMany(text)).toBe(true))
test.each(['how many services are there', 'how many incidents', 'how much is that', 'many', ''])(
  '%j asks for something else than how many there are',
  (text) => expect(asksHowMany(text)).toBe(false),
)

test.each<[string, number | undefined]>([
  ['the second one', 1],
  ['show me the first', 0],
  ['2', 1],
  ['#3', 2],
  ['number four', 3],
  ['the last one', -1],
  ['the 11th result', 10],
  ['0', undefined],
  ['2 hours', undefined],
  ['second thoughts', undefined],
  ['first of all', undefined],
])('%j is row %j', (text, row) => {
  expect(rowAlone(text)).toBe(row)
})

test('a row is pointed at within a sentence, at its end only', () => {
  expect(rowWithin('who owns the second one?')).toMatchObject({ start: 9, at: 1 })
  expect(rowWithin('the first deployment of the day')).toBeUndefined()
})

test.each<[string, number | undefined]>([
  ['the first two', 2],
  ['first 3 services', 3],
  ['both', Number.POSITIVE_INFINITY],
  ['the first', undefined],
])('%j is so many rows: %j', (text, many) => {
  expect(rowsTogether(text)).toBe(many)
})

test('what refuses all of them, and what only says yes', () => {
  expect(['neither', 'never mind', 'None of those', 'no, thanks', 'cancel'].map(refusesAll)).not.toContain(false)
  expect(['no, payments', 'cancel the run', 'none without owner'].map(refusesAll)).not.toContain(true)
  expect(['yes', 'Yes please', 'yep', 'do it'].map(saysYes)).not.toContain(false)
  expect(['yesterday', 'yes but not now', 'sure thing is down'].map(saysYes)).not.toContain(true)
})

test.each(['yes', 'yes, do it', 'Ja!', 'ja, genau', 'mach das', 'oui', "d'accord", 'Sí', 'sí, por favor', 'vale'])(
  '%j says yes, and does not refuse',
  (text) => expect([saysYes(text), refusesAll(text)]).toEqual([true, false]),
)
test.each(['no', 'nein', 'Nein danke', 'non', 'aucun', 'ninguno', 'déjalo'])(
  '%j refuses, and does not say yes',
  (text) => expect([saysYes(text), refusesAll(text)]).toEqual([false, true]),
)
test.each(['ja, restart checkout', 'oui ou non', 'no sé', 'yesterday', 'nein, payments', ''])(
  '%j is neither yes nor no',
  (text) => expect([saysYes(text), refusesAll(text)]).toEqual([false, false]),
)
