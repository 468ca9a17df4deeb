import { expect, test } from '@jest/globals'
import { createNameIndex } from './name-index.js'
import { keysAsSpoken, recordKeys } from './name-as-spoken.js'

test.each([
  ['incident one twenty nine', 'incident 129'],
  ['incident one thirty', 'incident 130'],
  ['inc one hundred and twenty seven', 'inc 127'],
  ['incident number one two five', 'incident number 125'],
  ['work item forty three seventy six', 'work item 4376'],
  ['check out', 'checkout'],
  ['store front team', 'storefront team'],
])('%s may be %s', (said, key) => expect(keysAsSpoken(said)).toContain(key))

test('short words are not joined, and numbers by themselves are times of day', () => {
  expect(keysAsSpoken('pg db')).toEqual([])
  expect(recordKeys('one thirty')).toEqual([])
  expect(recordKeys('incident one thirty')).toEqual(['incident 130'])
})

test('a name is found as it sounds, a little less surely than as it is written', () => {
  const names = createNameIndex([
    { kind: 'Service', id: 'checkout-web', name: 'checkout-web', aliases: ['checkout'] },
    { kind: 'Incident', id: 'inc-129', name: 'INC-129', aliases: [] },
  ])
  const [checkout] = names.find('check out', ['Service'])
  expect(checkout).toMatchObject({ ref: { id: 'checkout-web' }, wordForWord: true })
  expect(checkout!.certainty).toBeLessThan(names.find('checkout', ['Service'])[0]!.certainty)
  expect(names.find('incident one twenty nine', ['Incident'])[0]).toMatchObject({ ref: { id: 'inc-129' } })
  expect(names.knows('incident one twenty nine')).toBe(true)
  expect(names.knows('one twenty nine')).toBe(false)
})
