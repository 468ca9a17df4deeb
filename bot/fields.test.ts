import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fieldsOf, parseFields } from './fields.js'

test.each([
  ['2019-03-22T13:58:24.3713213Z', '2019-03-22T13:58:24.371Z'],
  ['2017-08-03T15:17:37.804-04:00', '2017-08-03T19:17:37.804Z'],
  ['2020-02-06T00:17:58.432911368Z', '2020-02-06T00:17:58.432Z'],
  ['2022-11-01T10:00:00', '2022-11-01T10:00:00.000Z'],
  ['3/22/2019 1:36:31 PM', '2019-03-22T13:36:31.000Z'],
  ['12/1/2019 12:05:00 AM', '2019-12-01T00:05:00.000Z'],
  [1502709956, '2017-08-14T11:25:56.000Z'],
  [1502709956288, '2017-08-14T11:25:56.288Z'],
  [1502709956288000, '2017-08-14T11:25:56.288Z'],
  [1502709956288000000, '2017-08-14T11:25:56.288Z'],
  ['0001-01-01T00:00:00Z', undefined],
  ['2019-13-01T00:00:00Z', undefined],
  ['99999-01-01T00:00:00Z', undefined],
  ['soon', undefined],
  ['', undefined],
  [null, undefined],
  [-1, undefined],
  [Number.MAX_VALUE, undefined],
])('the moment %j is %s', (value, instant) => {
  expect(fieldsOf({ at: value }).instant('at')).toBe(instant)
})

test('a text is one line of bounded length that any store takes', () => {
  const text = (value: unknown, most?: number) => fieldsOf({ text: value }).text('text', most)
  expect(text('  a\r\n\u0000\u001b[31mb ')).toBe('a [31mb')
  expect([text(7.5), text(false), text(''), text(' \n'), text(null), text({}), text(['a'])]).toEqual([
    '7.5',
    'false',
    ...Array<undefined>(5).fill(undefined),
  ])
  expect(text('x'.repeat(10_000))).toHaveLength(300)
  expect(text('a😀😀', 3)).toBe('a\ufffd…')
  expect(text('\ud800')).toBe('\ufffd')
})

test('one text stands for a list of one, and what is no text in a list is left out', () => {
  expect(fieldsOf({ list: 'a' }).texts('list')).toEqual(['a'])
  expect(fieldsOf({ list: ['a', null, {}, 'b'] }).texts('list')).toEqual(['a', 'b'])
  expect(fieldsOf({ list: null }).texts('list')).toEqual([])
})

test('names of the language are fields only where they were sent', () => {
  const sent = parseFields('{"__proto__": {"text": "x"}, "a": {"constructor": "y"}}')!
  expect([sent.text('text'), sent.text('toString'), sent.object('__proto__').text('text')]).toEqual([
    undefined,
    undefined,
    'x',
  ])
  expect(sent.object('a').entries()).toEqual([['constructor', 'y']])
})

test('every value can be asked for anything', () => {
  fc.assert(
    fc.property(fc.anything(), fc.string(), (value, name) => {
      for (const fields of [fieldsOf(value), fieldsOf({ [name]: value })]) {
        expect(fields.text(name)?.length ?? 1).toBeGreaterThan(0)
        fields.instant(name)
        fields.object(name).entries()
        fields.objects(name)
        fields.texts(name)
      }
    }),
  )
})
