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

const cardOf = async (name: string): Promise<CardData> =>
  contoso.show(await samples.find((sample) => sample.name === name)!.reply(contoso))

test('every sample has a name of its own', () => {
  expect(new Set(samples.map(({ name }) => name)).size).toBe(samples.length)
})

/** What no reader should meet: identifiers and moments as programs write them, and words for nothing. */
const raw =
  /[0-9a-f]{8}-[0-9a-f]{4}-|\/subscriptions\/|microsoft\.\w+\/|\bundefined\b|\[object|\bNaN\b|\d{4}-\d\d-\d\dT/i

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
    const { foot: _query, ...body } = card
    const text = renderText(body, { now: contoso.now, zone: 'Europe/Berlin', width: 200 })
    if (!showsMoment.includes(name)) expect(text).not.toMatch(raw)
    expect(card.title.length * card.topic.length).toBeGreaterThan(0)
    const titles = pressable(card).map(({ title }) => title)
    for (const title of titles) expect(title).not.toMatch(raw)
  })
})

test('what Nexus says of Contoso holds a next step wherever there is one', async () => {
  const ends = ['not-allowed', 'not-found', 'too-old', 'incidents-silent']
  for (const { name } of samples)
    if (!ends.includes(name)) expect([name, pressable(await cardOf(name)).length]).not.toEqual([name, 0])
})
