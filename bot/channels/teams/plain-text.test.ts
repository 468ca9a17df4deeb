import { expect, test } from '@jest/globals'
import { plainText } from './plain-text.js'

const bot = { text: '<at>Nexus</at>', accountId: '28:nexus', name: 'Nexus' }
const dana = { text: '<at>Dana Ortiz</at>', accountId: '29:dana', name: 'Dana Ortiz' }

test.each([
  ['<at>Nexus</at> who&#39;s on call for auth', [bot], "who's on call for auth"],
  ['<p><at>Nexus</at>&nbsp;page <at>Dana Ortiz</at></p>', [bot, dana], 'page Dana Ortiz'],
  ['ask <at>Nexus</at> about a &lt;b&gt; &amp;amp; b', [bot], 'ask about a <b> &amp; b'],
  [
    '<at>Other bot</at> hello',
    [{ text: '<at>Other bot</at>', accountId: '28:other', name: 'Other bot' }],
    'Other bot hello',
  ],
  ['&#x110000; &bogus; &#0;x', [], '&#x110000; &bogus; \0x'],
  ['', [], ''],
])('%s', (text, mentions, plain) => expect(plainText(text, mentions, '28:nexus').text).toBe(plain))

test('only other people are arguments', () => {
  expect(plainText('<at>Nexus</at> <at>Dana Ortiz</at>', [bot, dana], '28:nexus').mentions).toEqual([dana])
})
