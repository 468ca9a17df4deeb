import { beforeAll, describe, expect, test } from '@jest/globals'
import { pressable } from '../../cards/actions.js'
import { limits, sizeOf } from '../../cards/limits.js'
import type { CardData } from '../../cards/model.js'
import { renderCard } from '../../cards/render.js'
import { drawOfficially } from '../../cards/testing/official.js'
import { check } from '../../cards/testing/schema.js'
import { renderText } from '../../cards/text.js'
import { readContoso, type Contoso } from './contoso.js'
import { samples } from './samples/samples.js'

let contoso: Contoso
beforeAll(async () => {
  contoso = await readContoso()
}, 90_000)

/** Each card once: some are the end of a story that takes a while. */
const cards = new Map<string, Promise<CardData>>()
const drawCard = async (name: string): Promise<CardData> =>
  contoso.show(await samples.find((sample) => sample.name === name)!.reply(contoso))
function cardOf(name: string): Promise<CardData> {
  const card = cards.get(name) ?? drawCard(name)
  cards.set(name, card)
  return card
}

test('every sample has a name of its own', () => {
  expect(new Set(samples.map(({ name }) => name)).size).toBe(samples.length)
})

test('what only nearly means something is still no answer', async () => {
  expect((await cardOf('suggest')).title).toBe('Not sure what you mean')
})

/** What no reader should meet: identifiers and moments as programs write them, and words for nothing. */
const raw =
  /[0-9a-f]{8}-[0-9a-f]{4}-|\/subscriptions\/|microsoft\.\w+\/|\bundefined\b|\[object|\bNaN\b|\d{4}-\d\d-\d\dT/i

/** Folded parts that show what is sent, or was, as it is. */
const forTheCurious = /^(Plan|Request|Entries of the log)/

/** Here a moment is shown as it is to be written. */
const showsMoment = ['bad-input', 'form', 'form-wrong']

describe.each(samples.map(({ name }) => name))('%s', (name) => {
  test('is sound, small, and drawn by the official renderer without complaint', async () => {
    const drawn = renderCard(await cardOf(name), { now: contoso.now })
    expect(check(drawn)).toEqual([])
    expect(drawOfficially(drawn).complaints).toEqual([])
    expect(sizeOf(drawn)).toBeLessThanOrEqual(limits.bytes)
  })

  test('says nothing raw, and has a title and a word of what it is', async () => {
    const card = await cardOf(name)
    const { foot: _query, sections = [], ...body } = card
    const read = sections.filter(({ title = '', fold }) => fold !== 'closed' || !forTheCurious.test(title))
    const text = renderText({ ...body, sections: read }, { now: contoso.now, zone: 'Europe/Berlin', width: 200 })
    if (!showsMoment.includes(name)) expect(text).not.toMatch(raw)
    // A sample for which something is missing would be a refusal in place of what it shows.
    expect(text).not.toContain('Something in Nexus failed')
    expect(card.title.length * card.topic.length).toBeGreaterThan(0)
    const titles = pressable(card).map(({ title }) => title)
    for (const title of titles) expect(title).not.toMatch(raw)
  })
})

test('what Nexus says of Contoso holds a next step wherever there is one', async () => {
  const silent = [
    'not-allowed',
    'not-found',
    'nothing-more',
    'too-old',
    'incidents-silent',
    'control',
    'action',
    'was',
    'hidden',
  ]
  // What everybody sees of a change decides nothing, and lines below an incident stand under its buttons.
  const everyones = ['waiting-everyone', 'done', 'rejected', 'void', 'withdrawn', 'unknown'].map(
    (one) => `change-${one}`,
  )
  const ends = [...silent, ...everyones, 'enrich-undone', 'incident-call', 'incident-news', 'incident-over']
  for (const { name } of samples)
    if (!ends.includes(name)) expect([name, pressable(await cardOf(name)).length]).not.toEqual([name, 0])
}, 180_000)
