import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { plainText } from './plain-text.js'

test.each([
  ['<div>One <b>t</b>wo</div><div>three</div>', 'One two three'],
  ['a &lt;b&gt; &amp;amp; &quot;c&quot; &#39;d&#39; &#x41;&nbsp;e', 'a <b> &amp; "c" \'d\' A e'],
  ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
  ['<script>alert("x")</script >ok<style>p{}</style><!-- no -->', 'ok'],
  ['<img src=x onerror=alert(1)>seen', 'seen'],
  ['cut <a href="https://example.com/', 'cut'],
  ['&unknown; &#0; &#xD800; &#99999999;', '&unknown; &#0; &#xD800; &#99999999;'],
  ['<p>&nbsp;</p>', undefined],
  [7, undefined],
])('%j is %j', (html, words) => expect(plainText(html)).toBe(words))

test('whatever it is given, the words are short and on one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (html) => {
      const words = plainText(html) ?? 'none'
      expect(words.length).toBeLessThanOrEqual(600)
      expect(words).toBe(words.trim())
      expect(/[\n\r\t]/.test(words)).toBe(false)
    }),
  )
  expect(plainText('<p>'.repeat(1_000_000))).toBeUndefined()
  expect(plainText('<'.repeat(1_000_000))!.length).toBe(600)
})
