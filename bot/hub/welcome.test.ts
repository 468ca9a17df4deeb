import { expect, test } from '@jest/globals'
import { renderCard } from '../../cards/render.js'
import { limits, sizeOf } from '../../cards/limits.js'
import catalog from '../../skills/catalog/index.js'
import digest from '../../skills/digest/index.js'
import help from '../../skills/help/index.js'
import incident from '../../skills/incidents/index.js'
import me from '../../skills/me/index.js'
import onCall from '../../skills/on-call/index.js'
import { present } from './present.js'
import { createRegistry } from './registry.js'
import { welcome } from './welcome.js'

const { commands, find } = createRegistry([catalog, help, incident, me, onCall])

test('the welcome names one question of each skill and leads to help, for every kind of place', async () => {
  for (const place of ['personal', 'channel', 'group'] as const) {
    const reply = welcome(commands, place)
    const section = reply.card!.sections![0]!
    expect(section.kind === 'rows' && section.rows.map(({ end }) => end)).toEqual([
      '/on-call',
      '/incident list',
      '/catalog',
      '/me',
    ])
    const buttons = reply.buttons!
    expect(buttons.length).toBeLessThanOrEqual(3)
    expect(buttons.at(-1)!.intent.command).toBe('help.show')
    for (const { intent } of buttons)
      expect(Object.values(find(intent.command)!.info.args).every((arg) => arg.optional)).toBe(true)
    const card = await present(reply, ({ title }) => Promise.resolve(title.replace(/\W/g, '')), {
      find: async () => ({ entities: [], total: 0, query: '' }),
    })
    expect(sizeOf(renderCard(card, { now: '2026-11-21T08:00:00.000Z' }))).toBeLessThan(limits.bytes)
  }
  expect(welcome(commands, 'personal').card!.sentence).not.toBe(welcome(commands, 'channel').card!.sentence)
})

test('whoever has a chat of their own is told of the digest, and how to have it otherwise', () => {
  const said = (place: 'personal' | 'channel') =>
    JSON.stringify(welcome(createRegistry([digest, help]).commands, place).card)
  expect(said('personal')).toMatch(/“send my digest at 9:00” moves it, “stop my digest” ends it/)
  expect(said('channel')).not.toMatch(/digest at/)
})

test('without any command it still says that Nexus is there', () => {
  expect(welcome([], 'personal')).toMatchObject({ text: 'Nexus is here.', buttons: [] })
})
