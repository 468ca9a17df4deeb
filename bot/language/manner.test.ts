import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { clausesOf } from './clauses.js'
import { evidenceOfManner, mannerOf, wholeOf, type Manner } from './manner.js'
import type { KnownWords } from './request.js'
import type { RequestForms } from './request-forms.js'
import { tokensOf } from './tokens.js'

const known: KnownWords = {
  verbs: new Set(['restart', 'scale', 'roll', 'ack', 'get', 'put', 'cancel']),
  beginnings: new Set(['who', 'show', 'restart']),
  isName: (words) => ['checkout', 'staging', 'payments'].includes(words),
}
const mannerIn = (text: string): Manner => {
  const tokens = tokensOf(text)
  return mannerOf(tokens, wholeOf(text, tokens, clausesOf(text), known), known)
}
const requests = ['restart checkout in staging', 'could you restart checkout', 'kindly scale payments to 5']

describe('what is put to Nexus in so many words', () => {
  test.each([
    'could you restart checkout',
    'please restart checkout',
    'restart checkout please',
    'can you scale payments to 5?',
    'would you mind restarting checkout',
  ])('%s', (text) => expect(mannerIn(text)).toMatchObject({ put: true, doubt: 'none' }))

  test.each(['restart checkout', 'checkout restart', 'we restart checkout', 'who can restart checkout'])(
    '%s is not',
    (text) => expect(mannerIn(text).put).toBe(false),
  )
})

describe('nothing is surely asked for', () => {
  test.each([
    ['by a condition', 'restart checkout if it hangs'],
    ['by somebody’s words', 'the docs say: restart checkout'],
    ['in quotation marks', '"restart checkout"'],
    ['by two deeds', 'restart checkout and scale payments'],
    ['by a contrary', 'not restart checkout'],
    ['by a template', 'restart ${service}'],
    ['by markup', 'restart <b>checkout</b>'],
    ['by a question', 'restart checkout?'],
    ['by a tale', 'we already restarted checkout'],
    ['by what is over', 'restart checkout failed'],
    ['by no words', ''],
  ])('%s: %s', (_why, text) => expect(mannerIn(text).doubt).toBe('much'))

  test.each([
    ['by its noun', 'restart of checkout'],
    ['by a denial', "restart checkout doesn't help"],
    ['by an -ing form', 'restarting checkout'],
    ['by what somebody did', 'restart checkout to what it was'],
  ])('%s, though it may be: %s', (_why, text) => expect(mannerIn(text).doubt).toBe('some'))

  test.each([...requests, 'cancel the scheduled restart'])('but by “%s”', (text) =>
    expect(mannerIn(text).doubt).toBe('none'),
  )

  test('whatever stands around it, where that is doubtful by itself', () => {
    const around = fc.constantFrom('if it hangs', 'she said:', '{{name}}', '${name}', '> quoted', '<br>')
    const words = fc.array(fc.constantFrom('checkout', 'now', 'the', 'payments', 'please', 'again'), { maxLength: 4 })
    fc.assert(
      fc.property(fc.constantFrom(...requests), around, words, (request, spoilt, more) => {
        const text = spoilt.startsWith('if') ? `${request} ${more.join(' ')} ${spoilt}` : `${spoilt} ${request}`
        expect({ text, doubt: mannerIn(text).doubt }).toEqual({ text, doubt: 'much' })
      }),
    )
  })
})

describe('the figures', () => {
  const forms: RequestForms = {
    command: {} as RequestForms['command'],
    forms: [{ verb: 'restart', words: [], slots: ['target'] }],
    verbs: new Set(['restart']),
    nouns: new Set(),
    vocabulary: new Set(),
  }

  test('are as many for every text and every command, and numbers within bounds that hold for long texts too', () => {
    const counted = mannerIn('restart checkout').figures.length
    const evidenced = evidenceOfManner(mannerIn('restart checkout'), forms, known.verbs).length
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const manner = mannerIn(text)
        expect(manner.figures).toHaveLength(counted)
        expect(manner.figures.every((figure) => Number.isFinite(figure) && figure >= 0 && figure <= 3)).toBe(true)
        for (const one of [forms, undefined]) expect(evidenceOfManner(manner, one, known.verbs)).toHaveLength(evidenced)
      }),
    )
  })

  test('are nothing for a command that reads, and for no words', () => {
    expect(evidenceOfManner(mannerIn('please restart checkout'), undefined, known.verbs).some(Boolean)).toBe(false)
    expect(mannerIn('').figures.some(Boolean)).toBe(false)
  })

  test('tell a command’s own verb from another’s and from a word that is none', () => {
    const behind = (text: string) => {
      const manner = mannerIn(text)
      return evidenceOfManner(manner, forms, known.verbs).slice(manner.figures.length)
    }
    expect(behind('restart checkout')).toEqual([1, 0, 0, 0, 0])
    expect(behind('please restart checkout')).toEqual([1, 0, 0, 1, 0])
    expect(behind('scale checkout')).toEqual([0, 0, 1, 0, 0])
    expect(behind('please nudge checkout')).toEqual([0, 0, 0, 0, 1])
  })
})
