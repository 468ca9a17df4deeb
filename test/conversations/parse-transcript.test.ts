import { describe, expect, test } from '@jest/globals'
import { holds, parseTranscript } from './parse-transcript.js'

describe('a transcript', () => {
  test('is what is said, pressed and expected, by heading', () => {
    const text = [
      '# Prose',
      '## Asked in a channel',
      'Prose again.',
      '    dana · incidents> @Nexus who’s on call',
      '    Dana … pager',
      '    [Show auth] [Show query]',
      '    (lee does not see it)',
      '    (click: Show auth; at = now; depth = 3)',
      '    not: error',
      '    not [Show auth]',
      '    (20 minutes later)',
    ]
    expect(parseTranscript(text.join('\n'))).toEqual([
      {
        title: 'Asked in a channel',
        steps: [
          {
            line: 4,
            does: { do: 'say', as: 'dana', where: 'incidents', text: '@Nexus who’s on call' },
            expects: [
              { line: 5, must: 'hold', words: 'Dana … pager' },
              { line: 6, must: 'offer', button: 'Show auth' },
              { line: 6, must: 'offer', button: 'Show query' },
              { line: 7, must: 'be-hidden', by: 'lee' },
            ],
          },
          {
            line: 8,
            does: { do: 'click', title: 'Show auth', inputs: { at: 'now', depth: '3' } },
            expects: [
              { line: 9, must: 'lack', words: 'error' },
              { line: 10, must: 'withhold', button: 'Show auth' },
            ],
          },
          { line: 11, does: { do: 'wait', minutes: 20 }, expects: [] },
        ],
      },
    ])
  })

  test.each([
    ['    dana · chat> help\n    What', 'line 1: a conversation needs a heading'],
    ['## A\n    What', 'line 2: an answer needs something said'],
    ['## A\n    dana · chat> help\n## B', 'line 2: nothing is expected'],
  ])('that cannot be read names its line: %j', (text, fault) => {
    expect(() => parseTranscript(text)).toThrow(fault)
  })

  test('has lines that must be in the answer in their order, whatever stands between and however lines break', () => {
    const words = 'Dana Ortiz carries the pager.\nNext\nLee Park (from 08:00)'
    expect(holds(words, 'Dana … pager. … Lee Park (from')).toBe(true)
    expect(holds(words, 'Next Lee Park')).toBe(true)
    expect(holds(words, 'Lee … Dana')).toBe(false)
    expect(holds(words, 'pager,')).toBe(false)
  })
})
