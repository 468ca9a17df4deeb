import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { correlate } from './correlate.js'
import {
  graphOf,
  type Decision,
  type Graph,
  type KnownIncident,
  type PlacedAlert,
  type Sighting,
} from './correlation.js'
import { isFiring } from './receive.js'
import { incidentOf, keepRecent, sightingAfter } from './remember.js'
import { after, placed } from './testing/alerts.js'
import { contosoGraph, contosoServices } from './testing/contoso.js'

const shop = graphOf([
  ['web', 'auth'],
  ['mobile', 'auth'],
  ['auth', 'cache'],
  ['cache', 'disk'],
  ['ledger', 'books'],
])

/** What a tenant knows after alerts came in an order, as the ledger keeps it. */
class Timeline {
  incidents: KnownIncident[] = []
  alerts: Sighting[] = []
  decisions: Decision[] = []

  constructor(readonly graph: Graph = shop) {}

  hear(...alerts: PlacedAlert[]): this {
    for (const alert of alerts) {
      const decision = correlate({ incidents: this.incidents, alerts: this.alerts }, alert, this.graph)
      const id = decision.kind === 'new' ? `INC-${this.incidents.length + 1}` : incidentOf(decision)
      if (decision.kind === 'new') this.incidents.push({ id: id!, opened: alert.at })
      const seen = this.alerts.find((one) => one.id === alert.id)
      this.alerts = keepRecent(
        [...this.alerts.filter((one) => one !== seen), sightingAfter(seen, alert, id)],
        alert.arrived,
      )
      this.decisions.push(decision)
    }
    return this
  }

  resolve(id: string, at: string): this {
    this.incidents = this.incidents.map((one) => (one.id === id ? { ...one, resolved: at } : one))
    return this
  }

  get last(): Decision {
    return this.decisions.at(-1)!
  }

  /** Which alerts are together, whatever the incidents are called. */
  get groups(): string[][] {
    const of = (id: string) => this.alerts.filter(({ incident }) => incident === id).map((one) => one.id)
    return this.incidents.map(({ id }) => of(id).sort()).sort()
  }
}

const fired = (service: string, seconds: number, given: Partial<PlacedAlert> = {}) =>
  placed(service, 'slow', { at: after(seconds), ...given })
const over = (service: string, seconds: number, given: Partial<PlacedAlert> = {}) =>
  fired(service, seconds, { status: 'resolved', ...given })

describe('what an alert means', () => {
  test.each<[what: string, heard: PlacedAlert[], then: PlacedAlert, wanted: Partial<Decision>]>([
    ['the first is a new incident', [], fired('auth', 0), { kind: 'new' }],
    [
      'what depends on it joins',
      [fired('auth', 0)],
      fired('web', 120),
      { kind: 'join', incident: 'INC-1', reason: 'web depends on auth, 2 min apart' },
    ],
    [
      'what it depends on joins',
      [fired('auth', 0)],
      fired('cache', 20),
      { kind: 'join', reason: 'auth depends on cache, less than a minute apart' },
    ],
    [
      'two steps away',
      [fired('web', 0)],
      fired('cache', 60),
      { kind: 'join', reason: 'web depends on cache through auth, 1 min apart' },
    ],
    [
      'two that stand on the same',
      [fired('web', 0)],
      fired('mobile', 60),
      { kind: 'join', reason: 'mobile and web both depend on auth, 1 min apart' },
    ],
    ['three steps are too far', [fired('web', 0)], fired('disk', 10), { kind: 'new' }],
    ['too late for a neighbour', [fired('auth', 0)], fired('web', 16 * 60), { kind: 'new' }],
    ['another part of the house', [fired('auth', 0)], fired('ledger', 5), { kind: 'new' }],
    [
      'the same target, an hour later',
      [fired('auth', 0)],
      fired('auth', 3_700, { id: 'other', fingerprint: 'other' }),
      { kind: 'join', reason: 'the same target' },
    ],
    ['the same twice', [fired('auth', 0)], fired('auth', 0), { kind: 'ignore', reason: 'it was heard before' }],
    ['the same, worse', [fired('auth', 0)], fired('auth', 5, { severity: 0 }), { kind: 'update' }],
    ['its end', [fired('auth', 0)], over('auth', 60), { kind: 'resolve', incident: 'INC-1' }],
    ['its end twice', [fired('auth', 0), over('auth', 60)], over('auth', 60), { kind: 'ignore' }],
    [
      'an end without a beginning',
      [],
      over('auth', 60),
      { kind: 'ignore', reason: 'it was over before it was heard to begin' },
    ],
    [
      'the beginning after the end',
      [over('auth', 60)],
      fired('auth', 0),
      { kind: 'ignore', reason: 'it is over already' },
    ],
    ['a later firing after an end', [over('auth', 60)], fired('auth', 90), { kind: 'new' }],
    [
      'an old end after a new firing',
      [fired('auth', 0), over('auth', 30), fired('auth', 60)],
      over('auth', 30),
      { kind: 'ignore', reason: 'it fired again after this end' },
    ],
    [
      'an alert of nothing known',
      [fired('auth', 0)],
      fired('auth', 5, { id: 'x', fingerprint: 'x', services: [], target: {} }),
      { kind: 'new' },
    ],
  ])('%s', (_what, heard, then, wanted) => {
    expect(new Timeline().hear(...heard, then).last).toMatchObject(wanted)
  })

  test('the nearer of two open incidents takes it', () => {
    const timeline = new Timeline().hear(fired('disk', 0), fired('web', 1))
    expect(timeline.incidents).toHaveLength(2)
    expect(timeline.hear(fired('cache', 2)).last).toMatchObject({ incident: 'INC-1' })
  })

  test('the same trouble opens its incident again within a quarter of an hour, and is a new one after', () => {
    const resolved = () => new Timeline().hear(fired('auth', 0), over('auth', 60)).resolve('INC-1', after(60))
    const again = (seconds: number) => fired('auth', seconds, { id: 'second occurrence' })
    expect(resolved().hear(again(60 + 900)).last).toMatchObject({ kind: 'join', incident: 'INC-1', reopens: true })
    expect(resolved().hear(again(60 + 901)).last).toMatchObject({ kind: 'new' })
    expect(resolved().hear(fired('web', 70)).last).toMatchObject({ kind: 'new' })
  })

  test('what happened before the end belongs to the incident, however late it comes', () => {
    const timeline = new Timeline().hear(fired('auth', 0)).resolve('INC-1', after(600))
    const late = fired('web', 30, { arrived: after(900) })
    expect(timeline.hear(late).last).toEqual({
      kind: 'join',
      incident: 'INC-1',
      reason: 'web depends on auth, less than a minute apart; it came 14 min late',
    })
  })
})

describe('properties', () => {
  const outage = [
    'auth-api',
    'web',
    'checkout-web',
    'mobile-bff',
    'payments-api',
    'edge-gateway',
    'token-cache',
    'users-db',
  ]
  const storm = (seed: readonly number[]): PlacedAlert[] =>
    seed.map((second, n) => {
      const at = after(second)
      return placed(outage[n % outage.length]!, `rule ${n}`, { id: `a${n}`, at, arrived: after(second + (n % 7)) })
    })
  const seconds = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 40, maxLength: 40 })

  test('forty alerts of one outage of Contoso are one incident, when its failing service is heard first', () => {
    fc.assert(
      fc.property(seconds, (seed) => {
        const [first, ...rest] = storm(seed)
        expect(new Timeline(contosoGraph).hear(first!, ...rest).incidents).toHaveLength(1)
      }),
      { numRuns: 60 },
    )
  })

  const near = ['auth-api', 'web', 'checkout-web', 'mobile-bff', 'payments-api']
  const began = near.map((service, n) => placed(service, 'slow', { id: `${n}`, at: after(n * 10) }))
  const ended = near.map((service, n) =>
    placed(service, 'slow', { id: `${n}`, at: after(200 + n), status: 'resolved' }),
  )
  const shuffled = (all: PlacedAlert[]) => fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })

  test('alerts that are all near to each other are together, in whichever order they come', () => {
    fc.assert(
      fc.property(shuffled(began), (order) => {
        expect(new Timeline(contosoGraph).hear(...order).groups).toEqual([['0', '1', '2', '3', '4']])
      }),
    )
  })

  test('beginnings and ends in whichever order: together is what was heard to begin first, and nothing fires at the end', () => {
    fc.assert(
      fc.property(shuffled([...began, ...ended]), (order) => {
        const timeline = new Timeline(contosoGraph).hear(...order)
        const place = (id: string, status: string) => order.findIndex((one) => one.id === id && one.status === status)
        const heard = began.filter(({ id }) => place(id, 'fired') < place(id, 'resolved')).map(({ id }) => id)
        expect(timeline.groups).toEqual(heard.length ? [heard] : [])
        expect(timeline.alerts.filter(isFiring)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('duplicates change nothing, wherever they come', () => {
    fc.assert(
      fc.property(seconds, fc.array(fc.nat(), { maxLength: 40 }), (seed, again) => {
        const alerts = storm(seed).slice(0, 20)
        const doubled = alerts.flatMap((alert, n) => [
          alert,
          ...again
            .filter((m) => m % 20 <= n)
            .slice(0, 1)
            .map((m) => alerts[m % 20]!),
        ])
        expect(new Timeline(contosoGraph).hear(...doubled).groups).toEqual(
          new Timeline(contosoGraph).hear(...alerts).groups,
        )
      }),
      { numRuns: 60 },
    )
  })

  test('every decision about any alert has a reason, and joins only an incident that is known', () => {
    const any = fc.record({
      service: fc.constantFrom(...contosoServices),
      second: fc.integer({ min: 0, max: 7_200 }),
      over: fc.boolean(),
      occurrence: fc.integer({ min: 0, max: 5 }),
    })
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (heard) => {
        const timeline = new Timeline(contosoGraph)
        for (const { service, second, over: ended, occurrence } of heard) {
          timeline.hear(
            placed(service, 'slow', {
              id: `${service} ${occurrence}`,
              at: after(second),
              status: ended ? 'resolved' : 'fired',
            }),
          )
          expect(timeline.last.reason).not.toBe('')
          const id = incidentOf(timeline.last)
          if (id) expect(timeline.incidents.map((one) => one.id)).toContain(id)
        }
      }),
      { numRuns: 100 },
    )
  })
})
