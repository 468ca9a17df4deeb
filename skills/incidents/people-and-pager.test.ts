import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { PageMoved } from '../kit/event.js'
import { after, alert } from './testing/alerts.js'
import { contoso } from './testing/contoso.js'
import { House } from './testing/house.js'

const minute = 60_000
let house: House
beforeEach(async () => {
  house = await House.open(contoso)
  await house.alert(alert('auth-api', 'sign-in fails', { severity: 1 }), 'auth-api')
  await house.settled()
})
afterEach(async () => {
  await house.close()
  expect(house.failures).toEqual([])
})
const replies = () => house.posts.filter(({ root }) => root === 'm0').map(({ headline }) => headline)
const said = async (text: string, name?: string) => {
  const outcome = await house.ask(text, name)
  await house.settled()
  return `${outcome.outcome}: ${house.text(outcome)}`
}
const moved = (move: Partial<PageMoved>, seconds = 60) => {
  house.clock.set(after(seconds))
  return house.hear('page.moved', { pagerId: 'P131', state: 'acknowledged', at: after(seconds), ...move })
}

test('from words: acknowledged, handed on, put off, resolved, opened again; each mirrored, each with the way back', async () => {
  expect(await said('ack INC-131')).toBe('note: INC-131 is yours.')
  expect(await house.card('INC-131')).toMatch(/acknowledged .*With Dana Ortiz since/)
  expect(await house.offers('INC-131')).toEqual(['Assign…', 'Snooze…', 'Resolve', 'Add note…'])
  expect(await said('ack INC-131', 'lee')).toMatch(/^refuse: Dana Ortiz acknowledged INC-131 already\./)
  expect(await said('assign INC-131 to Lee')).toBe('note: INC-131 is with Lee Park, who is told in its thread.')
  expect(replies().at(-1)).toBe('Dana Ortiz handed INC-131 to Lee Park: auth-api: sign-in fails. Acknowledge or open.')
  expect(await house.push('INC-131')).toBe('SEV 1 · auth-api: sign-in fails, INC-131. Waits for Lee Park.')
  expect(await said('snooze INC-131 for 30 minutes', 'lee')).toBe('note: INC-131 is put off until 02:44.')
  expect(await house.card('INC-131')).toContain('snoozed until 02:44')
  expect(await said('resolve INC-131', 'lee')).toBe('note: INC-131 is resolved.')
  expect(await said('reopen INC-131')).toBe('note: INC-131 is open again.')
  expect(house.pager.told).toEqual([
    'page auth-api INC-131',
    'acknowledge P131 by dana@contoso.example',
    'assign to lee@contoso.example P131 by dana@contoso.example',
    'snooze P131 by lee@contoso.example',
    'resolve P131 by lee@contoso.example',
    'page auth-api INC-131',
  ])
})

test('from buttons: the card comes back changed; a button of an old card is refused with the reason', async () => {
  const acknowledged = await house.press('INC-131', 'Acknowledge')
  expect(acknowledged).toMatchObject({ outcome: 'note', reply: { view: { kind: 'Incident', id: 'INC-131' } } })
  expect(house.words(await house.show(acknowledged.reply))).toMatch(/acknowledged .*With Dana/)
  await house.press('INC-131', 'Assign…', { person: 'Person/lee@contoso.example' })
  await house.press('INC-131', 'Snooze…', { length: '30 min' }, 'lee')
  await house.press('INC-131', 'Add note…', { note: 'token cache was full' })
  expect(await house.card('INC-131')).toMatch(/snoozed until 02:44.*Dana Ortiz noted: token cache was full/)
  expect(await house.press('INC-131', 'Snooze…', { length: 'for ever' })).toMatchObject({
    outcome: 'refuse',
    fault: 'BadInput',
  })
})

test('what was opened for the morning rings in the pager when it gets worse, once', async () => {
  await house.alert(alert('web', 'slow', { severity: 3, at: after(7_200) }), 'web')
  await house.settled()
  const paged = house.pager.pages.at(-1)!
  expect(paged).toMatchObject({ service: 'web', id: 'P132' })
  for (const [at, severity] of [
    [7_260, 1],
    [7_320, 0],
  ] as const)
    await house.alert(alert(`web-${severity}`, 'down', { severity, at: after(at) }), 'web')
  await house.settled()
  expect(house.pager.told.filter((told) => told.startsWith('raise'))).toEqual(['raise P132'])
})

test('a snooze that is over waits for somebody again, and says so in a new message', async () => {
  await said('snooze INC-131 for 30 minutes')
  const before = replies().length
  await house.pass(31 * minute, 5 * minute)
  expect(replies().slice(before)).toEqual([
    'SEV 1 · auth-api: sign-in fails, INC-131 waits again: The snooze is over. Acknowledge or open.',
  ])
  expect(await house.offers('INC-131')).toContain('Acknowledge')
})

test('what gets worse ends the snooze', async () => {
  await said('snooze INC-131 for 30 minutes')
  await house.alert(alert('web', 'down', { severity: 0, at: after(60) }), 'web')
  await house.pass(minute)
  expect(await house.card('INC-131')).toMatch(/SEV 0 · INC-131.* open /)
})

test.each([
  ['snooze INC-131 until 2020-01-01', /refuse: A snooze ends in the future/],
  ['snooze INC-131 for 3 years', /For how long must be from 5 min to 7 days, not 1,095 days/],
  ['snooze INC-131 for ever', /Ever is no length of time/],
  ['snooze INC-131 until 31 February', /31 February is no moment/],
  ['snooze INC-131 until 25:00', /25:00 is no moment/],
  ['snooze INC-131 for 99999 minutes', /For how long must be from 5 min to 7 days, not 99,999 min/],
  ['acknowledge incident INC-999', /INC-999/],
  ['reopen INC-131', /refuse: INC-131 is open and waits for somebody/],
])('a wrong thing is answered: %s', async (words, wanted) => {
  expect(await said(words)).toMatch(wanted)
})

test('an incident that the pager opened by itself is acted on in the same way', async () => {
  house.pager.pages.push({
    ...{
      id: 'P130',
      number: 130,
      pager: 'PagerDuty',
      state: 'triggered',
      key: 'x',
      service: 'payments-db',
      title: 'c',
    },
  })
  expect(await said('ack INC-130')).toBe('note: INC-130 is yours.')
  expect(house.pager.told.at(-1)).toBe('acknowledge P130 by dana@contoso.example')
  expect(await said('incidents')).toContain('2 incidents are open')
})

test('acknowledged in the pager is acknowledged here, by the same person, and is not told back', async () => {
  await moved({ by: { email: 'lee@contoso.example', name: 'Lee Park' } })
  await moved({ by: { email: 'lee@contoso.example', name: 'Lee Park' } })
  await house.settled()
  expect(await house.card('INC-131')).toMatch(/acknowledged .*With Lee Park/)
  expect(house.pager.told).toEqual(['page auth-api INC-131'])
  await moved({ state: 'triggered' }, 120)
  expect(await house.card('INC-131')).toMatch(/ open /)
  await moved({ state: 'resolved', by: { name: 'Somebody Else' } }, 180)
  expect(await house.card('INC-131')).toMatch(/resolved after 3 min/)
})

test('what the pager says late, or of something else, changes nothing', async () => {
  house.clock.set(after(60))
  await said('ack INC-131')
  await moved({ state: 'resolved', at: after(30) }, 90)
  await moved({ state: 'resolved', pagerId: 'P999' })
  await moved({ state: 'resolved', pagerId: 'P999', key: 'INC-999' })
  await moved({ state: 'resolved', pagerId: 'P999', key: '../../INC-131' })
  expect(await house.card('INC-131')).toContain('acknowledged')
})

test('what no webhook brought is found by looking', async () => {
  await house.pass(minute)
  house.pager.pages[0]!.state = 'acknowledged'
  house.pager.pages[0]!.by = { email: 'lee@contoso.example', name: 'Lee Park' }
  await house.pass(6 * minute, minute)
  expect(await house.card('INC-131')).toMatch(/acknowledged .*With Lee Park/)
})

test('a pager that does not answer is told later, and the card says so until then', async () => {
  house.pager.silent = true
  await said('ack INC-131')
  await house.pass(minute)
  expect(await house.card('INC-131')).toMatch(
    /Pager PagerDuty 131 is yet to be told: PagerDuty does not answer since 02:14/,
  )
  house.pager.silent = false
  await house.pass(5 * minute, minute)
  expect(await house.card('INC-131')).toMatch(/Pager PagerDuty 131/)
  expect(house.pager.told).toEqual(['page auth-api INC-131', 'acknowledge P131 by dana@contoso.example'])
})

test('a service that nobody is woken for says so', async () => {
  house.pager.services = ['auth-api']
  await house.alert(alert('ledger-db', 'disk full'), 'ledger-db')
  await house.settled()
  expect(await house.card('INC-132')).toContain('Pager wakes nobody: PagerDuty has no service ledger-db.')
})
