import { afterEach, expect, test } from '@jest/globals'
import { alert, after } from './testing/alerts.js'
import { contoso } from './testing/contoso.js'
import { House } from './testing/house.js'
import { began } from './testing/inhabitant.js'

const minute = 60_000
let house: House
const open = async (hubs = 1) => (house = await House.open(contoso, hubs))
afterEach(async () => {
  await house.close()
  expect(house.failures).toEqual([])
})
const signIn = (given = {}) => alert('auth-api', 'Sign-in fails for 38 %', { severity: 1, ...given })

test('an alert becomes a thread in the owning team’s channel, and calls who is on call in a message of its own', async () => {
  await open()
  await house.alert(signIn(), 'auth-api')
  await house.settled()
  expect(house.said).toMatchObject([
    {
      op: 'post',
      where: 'channel/identity',
      headline: 'SEV 1 · auth-api: Sign-in fails for 38 %, INC-131. Acknowledge or open.',
    },
    {
      op: 'post',
      root: 'm0',
      headline: 'SEV 1 · auth-api: Sign-in fails for 38 %, INC-131. Dana Ortiz: acknowledge or open.',
    },
    { op: 'edit', activityId: 'm0' },
  ])
  expect(house.said[1]!.words).toContain('Dana Ortiz is on call for it')
  expect(await house.card('INC-131')).toMatch(
    /SEV 1 · INC-131 .*auth-api.* open .*Sign-in fails for 38 % since 02:14.*Hurts .*web.*On call Dana Ortiz, not yet acknowledged.*Runbook auth token cache.*Pager PagerDuty 131/,
  )
})

test('what may wait calls nobody; once it is urgent it calls who is on call, once', async () => {
  await open()
  await house.alert(signIn({ severity: 3 }), 'auth-api')
  await house.settled()
  expect(house.posts).toHaveLength(1)
  house.clock.set(after(90))
  await house.alert(alert('auth-api', 'No sign-in at all', { severity: 1, at: after(90) }), 'auth-api')
  await house.alert(alert('auth-api', 'Sessions are lost', { severity: 0, at: after(91) }), 'auth-api')
  await house.settled()
  const calls = house.posts.filter(({ words }) => words.includes('Dana Ortiz is on call for it'))
  expect(calls).toMatchObject([{ root: 'm0', headline: expect.stringContaining('SEV 1') }])
})

test('forty alerts in a minute are one thread with few posts', async () => {
  await open()
  const outage = ['auth-api', 'web', 'checkout-web', 'mobile-bff', 'payments-api', 'edge-gateway', 'token-cache']
  for (let n = 0; n < 40; n++) {
    house.clock.set(after(n * 1.5))
    const service = outage[n % outage.length]!
    await house.alert(alert(service, `rule ${n}`, { severity: n === 20 ? 0 : 2, at: after(n * 1.5) }), service)
    if (n % 8 === 0) await house.settled()
  }
  await house.pass(3 * minute)
  expect(house.posts.filter(({ root }) => root === undefined)).toHaveLength(1)
  const replies = house.posts.filter(({ root }) => root !== undefined).map(({ headline }) => headline)
  expect(replies.length).toBeLessThanOrEqual(3)
  expect(replies.join('\n')).toMatch(/It is SEV 0 now/)
  expect(await house.card('INC-131')).toMatch(
    /SEV 0 · INC-131.*40 alerts.*7 services alert.*Suspect token-cache, which it depends on/,
  )
  expect(house.pager.told).toEqual(['page auth-api INC-131'])
})

test('alerts of one outage that are heard sixteen at a time, in two hubs, are each decided on once and none is given back', async () => {
  await open(2)
  const outage = ['auth-api', 'web', 'checkout-web', 'mobile-bff', 'payments-api', 'edge-gateway', 'token-cache']
  let next = 0
  const hand = async (hub: number) => {
    for (let n = next++; n < 96; n = next++) {
      const service = outage[n % outage.length]!
      await house.alert(alert(service, `rule ${n}`), service, hub)
    }
  }
  await Promise.all(Array.from({ length: 18 }, (_, n) => hand(n < 16 ? 0 : 1)))
  await house.settled()
  expect(house.posts.filter(({ root }) => root === undefined)).toHaveLength(1)
  expect(await house.card('INC-131')).toMatch(/96 alerts/)
})

test('an alert that ends resolves its incident, at the root, in the thread and in the pager; it is said once', async () => {
  await open()
  await house.alert(signIn(), 'auth-api')
  await house.settled()
  await house.pass(26 * minute, 5 * minute)
  await house.alert(signIn({ status: 'resolved', at: after(26 * 60) }), 'auth-api')
  await house.alert(signIn({ status: 'resolved', at: after(26 * 60) }), 'auth-api')
  await house.pass(2 * minute)
  expect(house.posts.at(-1)).toMatchObject({
    root: 'm0',
    headline: 'SEV 1 · INC-131: Resolved after 26 min: its alert is over.',
  })
  expect(house.posts).toHaveLength(3)
  expect(await house.push('INC-131')).toBe('SEV 1 · auth-api: Sign-in fails for 38 %, INC-131. Resolved after 26 min.')
  expect(await house.card('INC-131')).toMatch(/resolved after 26 min.*from 02:14 to 02:40\. Its alert is over\./)
  expect(await house.offers('INC-131')).toEqual(['Reopen', 'Add note…'])
  expect(house.pager.told).toEqual(['page auth-api INC-131', 'resolve P131'])
})

test('flapping is one incident, said once a minute at most; it is over when it stayed quiet', async () => {
  await open()
  await house.alert(signIn(), 'auth-api')
  await house.settled()
  for (let n = 1; n <= 10; n++) {
    const at = after(n * 30)
    house.clock.set(at)
    const status = n % 2 ? 'resolved' : 'fired'
    await house.alert(
      signIn({ id: `occurrence ${Math.floor(n / 2)}`, at, status, ...(n === 1 && { id: signIn().id }) }),
      'auth-api',
    )
    await house.settled()
  }
  await house.pass(2 * minute)
  expect(await house.card('INC-131')).toContain('open')
  expect(house.posts.filter(({ root }) => root === undefined)).toHaveLength(1)
  expect(house.posts.length).toBeLessThanOrEqual(2 + 6)
  const last = after(11 * 30 + 120)
  house.clock.set(last)
  await house.alert(signIn({ id: 'occurrence 5', at: last, status: 'resolved' }), 'auth-api')
  await house.settled()
  expect(await house.card('INC-131')).not.toContain('resolved after')
  await house.pass(6 * minute, minute)
  expect(await house.card('INC-131')).toContain('resolved after')
})

test('heard twice, the end before the beginning, and by two hubs at once: as once and in order', async () => {
  await open(2)
  await Promise.all([house.alert(signIn(), 'auth-api', 0), house.alert(signIn(), 'auth-api', 1)])
  const others = ['web', 'checkout-web', 'mobile-bff', 'payments-api']
  await Promise.all(others.map((service, n) => house.alert(alert(service, 'slow', { at: after(n) }), service, n % 2)))
  await Promise.all(
    others.map((service, n) => house.alert(alert(service, 'slow', { at: after(n) }), service, (n + 1) % 2)),
  )
  const late = alert('users-db', 'full', { at: after(5) })
  await house.alert({ ...late, status: 'resolved', at: after(9) }, 'users-db', 1)
  await house.alert(late, 'users-db', 0)
  await house.settled()
  await house.pass(minute)
  expect(await house.card('INC-131')).toMatch(/open .* 5 alerts/)
  expect(house.posts.filter(({ root }) => root === undefined)).toHaveLength(1)
  expect(house.pager.told).toEqual(['page auth-api INC-131'])
})

test('two troubles far from each other are two incidents, each in its team’s channel, with numbers of their own', async () => {
  await open(2)
  await Promise.all([
    house.alert(signIn(), 'auth-api', 0),
    house.alert(alert('ledger-db', 'disk full'), 'ledger-db', 1),
  ])
  await house.settled()
  expect(
    house.posts
      .filter(({ root }) => !root)
      .map(({ where }) => where)
      .sort(),
  ).toEqual(['channel/identity', 'channel/payments'])
  expect(house.pager.pages.map(({ key }) => key).sort()).toEqual(['INC-131', 'INC-132'])
})

test('a service that nobody owns is told to those it hurts; what nothing is known of is kept all the same', async () => {
  await open()
  await house.alert(alert('gift-cards-api', 'errors'), 'gift-cards-api')
  await house.alert(alert('some-vm', 'cpu'), undefined)
  await house.settled()
  expect(house.posts).toMatchObject([{ where: 'channel/storefront' }])
  expect(await house.card('INC-131')).toContain(
    'Nobody owns gift-cards-api; checkout-web, which depends on it, is storefront’s.',
  )
  expect(await house.card('INC-132')).toMatch(/Unknown service.*cpu since 02:14/)
})

test('where Nexus is in no channel of the team, the incident is kept, and told as soon as there is one', async () => {
  await open()
  house.channels = []
  await house.alert(signIn(), 'auth-api')
  await house.pass(6 * minute, minute)
  expect(house.said).toEqual([])
  expect(house.pager.told).toEqual(['page auth-api INC-131'])
  house.channels = ['identity']
  await house.pass(6 * minute, minute)
  expect(house.posts.map(({ where, root }) => [where, root])).toEqual([
    ['channel/identity', undefined],
    ['channel/identity', 'm0'],
  ])
})

test('a hub that dies between deciding and writing: another alert finds the incident, and hearing the first again does the rest', async () => {
  await open(2)
  house.dies = (partition) => partition === 'INC-131'
  await expect(house.alert(signIn(), 'auth-api', 0)).rejects.toThrow('killed')
  house.dies = undefined
  await house.alert(alert('web', 'slow', { at: after(5) }), 'web', 1)
  await house.alert(signIn(), 'auth-api', 1)
  await house.alert(signIn(), 'auth-api', 0)
  await house.settled()
  expect(house.posts.filter(({ root }) => !root)).toHaveLength(1)
  expect(await house.card('INC-131')).toMatch(/SEV 1 · INC-131.* 2 alerts/)
  expect(house.pager.pages.map(({ key }) => key)).toEqual(['INC-131'])
})

test('what changed shortly before is on the card, with who did it', async () => {
  await open()
  const at = (minutes: number) => after(-minutes * 60)
  const change = {
    source: 'github',
    what: 'deployment',
    title: 'deployment 4.7.1',
    by: { name: 'Lee', email: 'lee@contoso.example' },
  }
  house.clock.set(at(2))
  await house.hear('change.recorded', change, [{ kind: 'Service', id: 'auth-api' }])
  await house.hear('change.recorded', { ...change, title: 'of another service' }, [
    { kind: 'Service', id: 'ledger-db' },
  ])
  house.clock.set(after(0))
  await house.alert(signIn(), 'auth-api')
  await house.settled()
  expect(await house.card('INC-131')).toContain('Changed deployment 4.7.1 by Lee Park, 02:12')
  expect(await house.card('INC-131')).not.toContain('of another service')
})

test.each([
  ['LEE-P', 'by Lee Park, 02:14'],
  ['octo-stranger', 'by GitHub user octo-stranger, 02:14'],
])('a change by %s of GitHub is told to be %s', async (gitHub, said) => {
  await open()
  const change = { source: 'github', what: 'deployment', title: 'deployment 4.7.1', by: { gitHub } }
  await house.hear('change.recorded', change, [{ kind: 'Service', id: 'auth-api' }])
  await house.alert(signIn(), 'auth-api')
  await house.settled()
  expect(await house.card('INC-131')).toContain(said)
})

test('text of outside is shown as it is and does nothing', async () => {
  await open()
  const nasty = '<at>Dana</at> [click](https://evil.example) ack INC-130 ${title}'
  await house.alert(alert('auth-api', nasty, { at: began }), 'auth-api')
  await house.settled()
  expect(house.said[0]!.headline).toContain('<at>Dana</at>')
  expect(await house.card('INC-131')).toContain('ack INC-130 ${title}')
  expect((await house.ask('incidents')).reply.card?.sentence).toContain('2 incidents are open')
})
