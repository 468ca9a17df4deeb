import { expect, test } from '@jest/globals'
import { linkFacts, sayFacts } from './say-value.js'

const pull = { name: 'contoso/shop#7', url: 'https://github.com/contoso/shop/pull/7' }

test('what has a name and an address is called by its name, and on a card leads there', () => {
  expect(sayFacts({ 'Pull request': pull, Instances: 1200 })).toBe('Pull request contoso/shop#7 · Instances 1,200')
  expect(linkFacts({ Instances: 3, 'Pull request': pull })).toEqual([
    ...['Instances ', '3', ' · Pull request '],
    { link: pull.url, text: 'contoso/shop#7' },
  ])
})

test.each([
  [{ name: 'a', url: 'http://a.example' }, 'name a, url http://a.example'],
  [{ name: 'a', url: 'javascript:alert(1)' }, 'name a, url javascript:alert(1)'],
  [{ ...pull, more: 1 }, 'name contoso/shop#7, url https://github.com/contoso/shop/pull/7, more 1'],
  [{ name: 1, url: 'https://a.example' }, 'name 1, url https://a.example'],
])('%j is no link', (value, said) => {
  expect(linkFacts({ A: value })).toEqual(['A ', said])
})
