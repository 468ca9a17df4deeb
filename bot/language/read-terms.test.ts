import { describe, expect, test } from '@jest/globals'
import { readGivenName, readTerms } from './read-terms.js'

describe('the terms that words hold', () => {
  test.each([
    ['retry budget', 'retry budget'],
    ['me everything about the retry budget', 'retry budget'],
    ['the documents related to month-end files.', 'month-end files'],
    ['docs for "consumer group"', 'consumer group'],
    ['"returns report" for me?', 'returns report'],
    ['allkeys-lru?', 'allkeys-lru'],
    ['blue green? Please search', 'blue green'],
    ['3-D Secure, the bank is on hold', '3-D Secure'],
    ['our notes on the failover exercise.\nRuth', 'failover exercise'],
    ['node.js 18.2', 'node.js 18.2'],
    ['certificates, keys', 'certificates, keys'],
  ])('%s', (said, terms) => expect(readTerms(said)).toBe(terms))

  test('what is nothing but courtesy or a place to look stays as it is', () => {
    expect(readTerms('docs')).toBe('docs')
    expect(readTerms('please')).toBe('please')
    expect(readTerms('?')).toBe('?')
  })
})

test('a given name is without the courtesy and the stop behind it', () => {
  expect(readGivenName('billing-api?')).toBe('billing-api')
  expect(readGivenName('push-preview pls')).toBe('push-preview')
  expect(readGivenName('"Takes payments".')).toBe('Takes payments')
  expect(readGivenName('https://wiki.contoso.com/x?y=1')).toBe('https://wiki.contoso.com/x?y=1')
})
