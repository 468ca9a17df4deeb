import { expect, test } from '@jest/globals'
import { notice } from '../notice.js'
import { renderCard } from '../render.js'
import { renderText } from '../text.js'
import type { CardData } from '../model.js'
import { phrases } from './phrase-book.js'
import { books, translatorOf, wordsFor, type CardTongue } from './translate.js'

const tongues = Object.keys(books) as CardTongue[]
const now = '2026-11-21T10:00:00.000Z'
const placesOf = (phrase: string): string[] => (phrase.match(/\{\d\}/g) ?? []).sort()

test.each(tongues)(
  'the book of %s has every phrase and no other, with the same places, and leaves none empty',
  (tongue) => {
    expect(Object.keys(books[tongue]).sort()).toEqual([...phrases].sort())
    for (const phrase of phrases) {
      expect([phrase, placesOf(books[tongue][phrase])]).toEqual([phrase, placesOf(phrase)])
      expect(books[tongue][phrase].trim()).not.toBe('')
    }
  },
)

test('no two phrases are the same but for their places, so that what is found does not hang on chance', () => {
  const shapes = phrases.map((phrase) => phrase.replace(/\{\d\}/g, '{}'))
  expect(new Set(shapes).size).toBe(shapes.length)
})

/** What people say to a command, in English and in the language. */
const examples = new Map([['who pages ‹team›', 'wer hat Dienst in ‹team›']])

const card: CardData = {
  state: 'good',
  topic: 'On call',
  title: 'Service',
  status: ['until ', { time: '2026-11-21T12:00:00.000Z' }, ' (', { until: '2026-11-21T12:00:00.000Z' }, ')'],
  sentence: [{ mention: 'Dana Ortiz', id: '29:dana' }, ' carries the pager for auth-api.'],
  facts: [
    { label: 'Next', value: ['Lee Park from ', { time: '2026-11-22T08:00:00.000Z' }] },
    { label: 'Built from', value: 'Open source from Berlin' },
  ],
  sections: [
    {
      kind: 'rows',
      title: 'Incidents (2)',
      rows: [
        {
          title: 'Open the gates',
          detail: 'SEV 1 · resolved · took 41 min',
          end: [{ ago: '2026-11-18T10:00:00.000Z' }],
        },
      ],
      total: 1234,
    },
  ],
  buttons: [{ kind: 'execute', title: 'Show auth-api', id: 'b1' }],
  foot: { sources: [{ name: 'PagerDuty', asOf: '2026-11-21T09:58:00.000Z' }] },
}
const written = (tongue: CardTongue, locale: string) => {
  const { words, card: translate } = translatorOf(tongue, locale)
  return renderText(translate(card), { now, words, zone: 'UTC', width: 100 })
}

test('what is fixed is written in the language, what are names and others’ words stays', () => {
  const german = written('de', 'de-DE')
  expect(german).toContain('Bereitschaft · Dienst · bis 12:00 (in 2 h)')
  expect(german).toContain('Dana Ortiz hat Bereitschaft für auth-api.')
  expect(german).toMatch(/Danach +Lee Park ab So\., 22\. Nov\., 08:00/)
  expect(german).toMatch(/Gebaut aus +Open source from Berlin/)
  expect(german).toContain('Störungen (2)')
  expect(german).toMatch(/Open the gates +vor 3 Tagen/)
  expect(german).toContain('SEV 1 · gelöst · Dauer 41 min')
  expect(german).toContain('und 1.233 weitere')
  expect(german).toContain('PagerDuty · vor 2 min')
  expect(german).toContain('auth-api zeigen')
})

test('dates and numbers are written as the locale’s people do', () => {
  expect(written('fr', 'fr-FR')).toMatch(/et 1\s233 de plus/u)
  expect(written('fr', 'fr-FR')).toMatch(/Lee Park à partir de dim\. 22 nov\. à 08:00|dim\. 22 nov\.,? 08:00/)
  expect(written('es', 'es-ES')).toContain('hace 3 días')
  expect([wordsFor('de-AT').language, wordsFor('pt-PT').language, wordsFor(undefined).language]).toEqual([
    'de-AT',
    'en',
    'en',
  ])
})

test('mentions, times and ids survive: the card in Teams is the same but for its words', () => {
  const { words, card: translate } = translatorOf('fr', 'fr-FR')
  const drawn = JSON.stringify(renderCard(translate(card), { now, words }))
  expect(drawn).toContain("<at>Dana Ortiz</at> est d'astreinte pour auth-api.")
  expect(drawn).toContain('{{TIME(2026-11-21T12:00:00Z)}}')
  expect(drawn).toContain('"id":"b1"')
})

test.each([
  [
    'Payments is not healthy: 1 incident is open, 2 alerts fire and 1 part is not well.',
    'Payments ist nicht gesund: 1 Störung ist offen, 2 Alarme sind aktiv und 1 Teil ist nicht gesund.',
  ],
  ['2 reviews, 1 open incident.', '2 Reviews, 1 offene Störung.'],
  ['3 bananas, 1 open incident.', '3 bananas, 1 open incident.'],
  ['Sign-in from mobile, by everybody.', 'Sign-in from mobile, by everybody.'],
  ['3 need you. Approve: Restart web, asked by Sam.', '3 brauchen dich. Freizugeben: Restart web, beantragt von Sam.'],
  ['3 need you. The dog ate it.', '3 need you. The dog ate it.'],
  [
    'There is no INC-999. Look at those that wait, or name one by its number.',
    'INC-999 gibt es nicht. Sieh dir an, was wartet, oder nenne eine mit ihrer Nummer.',
  ],
  [
    'To answer I need: whose pager, when. For example: who pages ‹team›',
    'Für die Antwort brauche ich: wessen Bereitschaft, wann. Zum Beispiel: wer hat Dienst in ‹Team›',
  ],
  ['To answer I need: Grace. For example: this', 'Für die Antwort brauche ich: Grace. Zum Beispiel: this'],
  ['\ue000 is resolved.', '\ue000 is resolved.'],
  ['', ''],
])('“%s”', (said, wanted) => {
  expect(translatorOf('de', 'de', examples).text(said)).toBe(wanted)
})

test('a refusal says its class in the language', () => {
  const { card: translate } = translatorOf('es', 'es-ES')
  expect(translate(notice('NotFound', 'algodón', 'Nothing in the catalog is called “algodón”.'))).toMatchObject({
    topic: 'No encontrado',
    title: 'algodón',
    sentence: 'Nada en el catálogo se llama «algodón».',
  })
})

test('what is pressed, asked and quoted is written in the language too, and what others wrote there is not', () => {
  const asked: CardData = {
    state: 'accent',
    topic: 'Question',
    title: 'Which one do you mean?',
    sections: [
      {
        kind: 'rows',
        title: 'Open',
        rows: [
          {
            title: '“who pages ‹team›”',
            detail: 'What is broken, and what was · 6 more',
            buttons: [{ kind: 'execute', title: 'Open', id: 'b1' }],
          },
          {
            title: '“Open”',
            detail: ['PR-1', ' · asked by Open', ' · expires ', { until: '2026-11-21T10:20:00.000Z' }],
          },
        ],
      },
      {
        kind: 'form',
        inputs: [
          {
            id: 'a',
            label: 'Whose pager (may be left empty)',
            error: 'Whose pager: choose one',
            type: 'text',
            placeholder: 'Its name',
          },
        ],
      },
    ],
    buttons: [{ kind: 'execute', title: 'Who pages ‹team›', id: 'b2' }],
    foot: {
      sources: [
        { name: 'Files in repositories', asOf: now },
        { name: 'Open', asOf: now },
      ],
    },
  }
  const { words, card: translate } = translatorOf('de', 'de-DE', examples)
  const said = translate(asked)
  expect(said).toMatchObject({
    title: 'Was davon ist gemeint?',
    sections: [
      {
        title: 'Offen',
        rows: [
          {
            title: '“wer hat Dienst in ‹Team›”',
            detail: 'Was gestört ist, und was es war · 6 weitere',
            buttons: [{ title: 'Öffnen' }],
          },
          { title: '“Open”' },
        ],
      },
      {
        inputs: [
          {
            label: 'Wessen Bereitschaft (darf leer bleiben)',
            error: 'Wessen Bereitschaft: bitte wählen',
            placeholder: 'Sein Name',
          },
        ],
      },
    ],
    buttons: [{ title: 'Wer hat Dienst in ‹Team›' }],
  })
  expect(renderText(said, { now, words, zone: 'UTC', width: 100 })).toContain(
    'PR-1 · beantragt von Open · läuft in 20 min ab',
  )
})
