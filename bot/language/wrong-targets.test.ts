import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createNameIndex } from './name-index.js'
import { hearing, registryOfSkills } from './testing/hearing.js'
import { createUnderstand } from './understand.js'
import type { NamedEntity, Understanding } from './understanding.js'

// What may go wrong with a target is closed by class, over catalogs that are made up: whatever is said of a thing, what changes goes on with
// that thing, or asks.

const registry = await registryOfSkills()
const understand = createUnderstand(registry.commands)

const environments = ['production', 'staging', 'dev'] as const
const short = { production: 'prd', staging: 'stg', dev: 'dev' }
const service = (id: string, ...aliases: string[]): NamedEntity => ({ kind: 'Service', id, name: id, aliases })
const team = (name: string): NamedEntity => ({ kind: 'Team', id: name.toLowerCase(), name, aliases: [] })
const site = (name: string, environment: (typeof environments)[number]): NamedEntity => ({
  kind: 'Resource',
  id: `/subscriptions/1/resourcegroups/rg-${name}/providers/microsoft.web/sites/${name}`,
  name,
  aliases: [],
  props: { type: 'microsoft.web/sites', environment },
})
const group = (name: string, environment: (typeof environments)[number]): NamedEntity => ({
  kind: 'Resource',
  id: `/subscriptions/1/resourcegroups/${name}`,
  name,
  aliases: [],
  props: { type: 'microsoft.resources/subscriptions/resourcegroups', environment },
})
const places: NamedEntity[] = environments.map((id) => ({
  kind: 'Environment',
  id,
  name: short[id],
  aliases: [id, ...(id === 'production' ? ['prod', 'live'] : [])],
}))

function hear(text: string, entities: readonly NamedEntity[]): Understanding {
  return understand(hearing(text), createNameIndex([...places, ...entities]))
}

/** The entities that a change or a note would go on with, by argument; undefined where it asks, suggests or refuses. */
function targetsOf(heard: Understanding): Record<string, string> | undefined {
  if (heard.outcome !== 'intent' || registry.find(heard.intent.command)!.info.effect === 'read') return undefined
  return Object.fromEntries(
    Object.entries(heard.intent.args).flatMap(([name, value]) =>
      value !== null && typeof value === 'object' && 'id' in value ? [[name, String(value.id)]] : [],
    ),
  )
}
const targetOf = (heard: Understanding): string | undefined => targetsOf(heard)?.target ?? targetsOf(heard)?.service

const subject = fc.constantFrom('payments', 'orders', 'checkout', 'search', 'ledger', 'identity', 'billing', 'invoices')
const ending = fc.constantFrom('api', 'web', 'worker', 'bff', 'gateway')
const asks = fc.constantFrom(
  (name: string) => `restart ${name}`,
  (name: string) => `please restart ${name}`,
  (name: string) => `roll back ${name}`,
  (name: string) => `bounce ${name}`,
  (name: string) => `watch ${name}`,
  (name: string) => `can you restart ${name}?`,
)
const runs = { numRuns: 30 }
const check = <T extends unknown[]>(property: fc.IProperty<T>) => fc.assert(property, runs)

describe('what changes goes on with the thing that was said, or asks:', () => {
  test('a short name of several services is asked about', () =>
    check(
      fc.property(asks, subject, fc.uniqueArray(ending, { minLength: 2, maxLength: 4 }), (ask, name, endings) => {
        const all = endings.map((one) => service(`${name}-${one}`, name))
        expect(targetsOf(hear(ask(name), all))).toBeUndefined()
      }),
    ))

  test('an alias that another thing is called by for short is asked about', () =>
    check(
      fc.property(asks, subject, fc.constantFrom('api', 'web', 'service'), (ask, name, last) => {
        const all = [service(`${name}-${last}`), service('front', name)]
        expect(targetsOf(hear(ask(name), all))).toBeUndefined()
      }),
    ))

  test('a name that stands within another one is that one, and no other', () =>
    check(
      fc.property(
        asks,
        subject,
        ending,
        fc.constantFrom('worker', 'db', 'beta', 'admin', 'canary'),
        (ask, name, last, more) => {
          fc.pre(last !== more)
          const [inner, outer] = [`${name}-${last}`, `${name}-${last}-${more}`]
          const all = [service(inner), service(outer)]
          expect([inner, undefined]).toContain(targetOf(hear(ask(inner), all)))
          expect([outer, undefined]).toContain(targetOf(hear(ask(outer), all)))
          expect(targetsOf(hear(ask(outer), [service(inner)]))).toBeUndefined()
          expect(targetsOf(hear(ask(outer.replaceAll('-', ' ')), [service(inner)]))).toBeUndefined()
        },
      ),
    ))

  test('a noun that the thing is not is no part of its name', () =>
    check(
      fc.property(
        asks,
        subject,
        fc.constantFrom('database', 'db', 'team', 'repo', 'repository', 'pipeline', 'queue', 'cluster', 'vault'),
        (ask, name, noun) => {
          for (const said of [`the ${name} ${noun}`, `${name} ${noun}`, `the ${noun} of ${name}`])
            expect(
              targetsOf(hear(ask(said), [service(`${name}-api`, name), site(`${name}-api-prd`, 'production')])),
            ).toBeUndefined()
        },
      ),
    ))

  test('a team and a service that are called alike are asked about where either may be meant', () =>
    check(
      fc.property(subject, (name) => {
        const all = [service(`${name}-api`, name), team(name)]
        expect(targetsOf(hear(`watch ${name}`, all))).toBeUndefined()
        expect([`${name}-api`, undefined]).toContain(targetOf(hear(`restart ${name}`, all)))
      }),
    ))

  test('what is said to be elsewhere than it runs is asked about', () =>
    check(
      fc.property(
        subject,
        ending,
        fc.constantFrom(...environments),
        fc.constantFrom(...environments),
        (name, last, here, there) => {
          const one = site(`${name}-${last}-${short[here]}`, here)
          const heard = hear(`restart ${one.name} in ${there}`, [one])
          expect(targetsOf(heard) === undefined).toBe(here !== there)
        },
      ),
    ))

  test('an environment that is said with a name is the one that is acted in', () =>
    check(
      fc.property(asks, subject, fc.constantFrom(...environments), fc.boolean(), (ask, name, where, before) => {
        const all = [
          service(`${name}-web`, name),
          ...environments.flatMap((one) => [
            site(`${name}-web-${short[one]}`, one),
            group(`rg-${name}-web-${short[one]}`, one),
          ]),
        ]
        const heard = targetsOf(hear(ask(before ? `${where} ${name}` : `${name} in ${where}`), all))
        const target = heard?.target ?? heard?.service
        if (target === undefined) return
        const run = all.find(({ id }) => id === target)!
        expect(heard!.environment ?? run.props?.environment).toBe(where)
      }),
    ))

  test('a resource group is never taken for what is in it', () =>
    check(
      fc.property(subject, fc.constantFrom(...environments), (name, where) => {
        const holder = group(`rg-${name}-web-${short[where]}`, where)
        for (const said of [name, `${name} in ${where}`, `${name} web`, `the ${name} web app`])
          expect(targetOf(hear(`restart ${said}`, [holder]))).toBeUndefined()
      }),
    ))

  test('letters that only look like those of another name tell the two apart for nobody', () =>
    check(
      fc.property(asks, subject, ending, (ask, name, last) => {
        const twin = `${name}-${last}`.replace('a', 'а').replace('e', 'е').replace('o', 'о')
        const all = [service(`${name}-${last}`), service('twin', twin)]
        for (const said of [`${name}-${last}`, twin]) expect(targetsOf(hear(ask(said), all))).toBeUndefined()
      }),
    ))

  test('a slip is never taken for a name that is as near as another, nor where it is a word of another name', () =>
    check(
      fc.property(
        asks,
        fc.constantFrom(
          ['card-api', 'cart-api', 'cart-worker'],
          ['order-api', 'border-api', 'border-web'],
          ['maps-web', 'naps-web', 'naps-api'],
        ),
        (ask, [there, said, other]) => {
          expect(targetsOf(hear(ask(said!), [service(there!), service(other!)]))).toBeUndefined()
        },
      ),
    ))

  test.each([
    ['payments-external', 'payments-internal'],
    ['report-2025', 'report-2026'],
    ['db-east', 'db-west'],
    ['auth-api-stg', 'auth-api-prd'],
    ['feed-inbound', 'feed-outbound'],
    ['web-blue', 'web-glue-x'],
  ])('%s is not %s', (said, there) => {
    for (const ask of ['restart', 'roll back', 'watch'])
      expect(targetsOf(hear(`${ask} ${said}`, [service(there)]))).toBeUndefined()
  })

  test('what is deployed again and again is told by its version only', () => {
    const all: NamedEntity[] = [
      {
        kind: 'Deployment',
        id: 'd1',
        name: 'orders-worker 6.1.7 in production',
        aliases: [],
        props: { environment: 'production' },
      },
      service('orders-worker'),
    ]
    expect(hear('approve the gate of orders-worker in prod', all)).toMatchObject({
      outcome: 'intent',
      intent: { args: { pipeline: { kind: 'Service', id: 'orders-worker' }, environment: { id: 'production' } } },
    })
    expect(targetsOf(hear('approve the gate of orders-worker prod', all.slice(0, 1)))).toBeUndefined()
  })

  test('of people with one first name the one is asked for', () => {
    const person = (name: string): NamedEntity => ({
      kind: 'Person',
      id: `${name.toLowerCase().replace(' ', '.')}@contoso.example`,
      name,
      aliases: [],
    })
    const incident: NamedEntity = { kind: 'Incident', id: 'inc-12', name: 'INC-12', aliases: [] }
    const all = [person('Lee Chen'), person('Lee Park'), team('Lee'), incident]
    expect(hear('assign INC-12 to Lee', all).outcome).toBe('choose')
    expect(targetsOf(hear('escalate INC-12 to Lee', all))).toBeUndefined()
    expect(targetsOf(hear('assign INC-12 to Lee Park', all))).toEqual({
      incident: 'inc-12',
      person: 'lee.park@contoso.example',
    })
  })

  test('whatever is typed with slips in it goes on with a thing that is nearest, or asks', () => {
    const all = ['payments-api', 'payments-web', 'orders-api', 'orders-worker', 'search-index', 'ledger-api'].map(
      (id) => service(id),
    )
    const letters = fc.constantFrom(...'aeiorstnl')
    check(
      fc.property(
        asks,
        fc.constantFrom(...all),
        fc.array(fc.tuple(fc.nat(), letters), { minLength: 1, maxLength: 2 }),
        (ask, one, slips) => {
          const said = slips.reduce(
            (name, [at, letter]) => name.slice(0, at % name.length) + letter + name.slice((at % name.length) + 1),
            one.id,
          )
          expect([one.id, undefined]).toContain(targetOf(hear(ask(said), all)))
        },
      ),
    )
  })
})
