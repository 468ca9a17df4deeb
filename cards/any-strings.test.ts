import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { now } from './testing/samples/sample.js'
import { limits, sizeOf } from './limits.js'
import type { Column } from './model.js'
import { renderCard } from './render.js'
import { drawOfficially } from './testing/official.js'
import { check } from './testing/schema.js'

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({
    unit: fc.constantFrom(
      '*',
      '_',
      '[',
      ']',
      '(',
      ')',
      '<',
      'at',
      '>',
      '{',
      '}',
      '$',
      '`',
      '\\',
      '"',
      '\n',
      '#',
      '-',
      '&',
      'a',
      ' ',
      '\u202E',
      '\uE000',
      '😀',
    ),
  }),
)

test('any strings make a sound card below the limit that the official renderer takes', () => {
  const row = fc.record({ title: nasty, detail: nasty, end: nasty })
  const sections = fc.array(
    fc.oneof(
      fc.record({
        kind: fc.constant('rows' as const),
        title: nasty,
        fold: fc.constantFrom('open' as const, 'closed' as const),
        rows: fc.array(row, { maxLength: 20 }),
      }),
      fc.record({ kind: fc.constant('text' as const), text: nasty }),
      fc.record({ kind: fc.constant('list' as const), items: fc.array(nasty) }),
      fc.record({
        kind: fc.constant('table' as const),
        columns: fc.constant<Column[]>([{ title: 'A' }, { title: 'B' }]),
        rows: fc.array(fc.array(nasty, { maxLength: 3 })),
      }),
    ),
    { maxLength: 10 },
  )
  const data = fc.record({
    state: fc.constantFrom(
      'attention' as const,
      'warning' as const,
      'good' as const,
      'accent' as const,
      'emphasis' as const,
    ),
    topic: nasty,
    title: nasty,
    status: nasty,
    sentence: fc.array(
      fc.oneof(
        nasty,
        fc.record({ strong: nasty }),
        fc.record({ mention: nasty, id: nasty }),
        fc.record({ link: nasty, text: nasty }),
        fc.record({ time: nasty }),
      ),
    ),
    facts: fc.array(fc.record({ label: nasty, value: nasty })),
    sections,
    foot: fc.record({ query: nasty, id: nasty, sources: fc.array(fc.record({ name: nasty, asOf: nasty })) }),
  })
  fc.assert(
    fc.property(data, (given) => {
      const drawn = renderCard(given, { now })
      expect(sizeOf(drawn)).toBeLessThanOrEqual(limits.bytes)
      expect(JSON.parse(JSON.stringify(drawn))).toEqual(drawn)
      expect(JSON.stringify(drawn)).not.toMatch(/\$\{|\uE000|\u202E/)
      expect(check(drawn)).toEqual([])
      expect(drawOfficially(drawn).complaints).toEqual([])
    }),
    { numRuns: 60 },
  )
})
