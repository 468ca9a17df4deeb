import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { entity, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import type { SharedPorts } from '../../bot/hub/unasked.js'
import { catalogPort } from '../../bot/store/read-model/catalog-port.js'
import type { RelationType } from '../kit/model.js'
import { owned } from '../kit/catalog/ownership-filters.js'
import { findOwner } from './find-owner.js'

const now = '2026-11-21T08:00:00.000Z'
const catalogOf = (records: ReturnType<typeof entity>[]): SharedPorts['catalog'] =>
  catalogPort(smallHub({ skills: [], records }).index, () => [], { now: () => now })

async function ownerOf(id: string, records: ReturnType<typeof entity>[]) {
  const catalog = catalogOf([entity('Team', 'atlas'), entity('Team', 'identity'), ...records])
  const found = await catalog.get({ kind: 'Resource', id })
  const decided = await findOwner(found!, catalog)
  return decided && { team: decided.owner.team, through: decided.owner.through, differ: decided.differ.length }
}
const owns = (team: string) => to('ownedBy', 'Team', team, 'tag team')
const part = (id: string, kind = 'Resource') => to('partOf', kind, id)

test('what is said of a thing itself counts, whatever its service says', async () => {
  const records = [
    entity('Resource', 'db', {}, [owns('atlas'), part('pay', 'Service')]),
    entity('Service', 'pay', {}, [owns('identity')]),
  ]
  expect(await ownerOf('db', records)).toEqual({ team: 'atlas', differ: 0 })
})

test('the nearest thing it is part of says it, however far, and circles end', async () => {
  const records = [
    entity('Resource', 'db', {}, [part('server')]),
    entity('Resource', 'server', {}, [part('db'), part('pay', 'Service')]),
    entity('Service', 'pay', {}, [owns('identity')]),
  ]
  expect(await ownerOf('db', records)).toEqual({ team: 'identity', through: 'service pay', differ: 0 })
})

test('parts of two teams are disputed', async () => {
  const records = [
    entity('Resource', 'bus', {}, [part('pay', 'Service'), part('cart', 'Service')]),
    entity('Service', 'pay', {}, [owns('identity')]),
    entity('Service', 'cart', {}, [owns('atlas')]),
  ]
  expect(await ownerOf('bus', records)).toEqual({ team: 'atlas', through: 'service cart', differ: 1 })
})

test('an environment says it of what nobody else says anything of', async () => {
  const records = [
    entity('Resource', 'vm', {}, [to('runsIn', 'Environment', 'preview-7')]),
    entity('Environment', 'preview-7', {}, [owns('identity')]),
  ]
  expect(await ownerOf('vm', records)).toEqual({ team: 'identity', through: 'environment preview-7', differ: 0 })
})

test('the repository says it before the environment does, and for what is part of what is built from it', async () => {
  const records = [
    entity('Resource', 'ci', {}, [to('builtFrom', 'Repository', 'shop'), to('runsIn', 'Environment', 'prod')]),
    entity('Resource', 'job', {}, [part('ci')]),
    entity('Repository', 'shop', {}, [owns('atlas')]),
    entity('Environment', 'prod', {}, [owns('identity')]),
  ]
  for (const id of ['ci', 'job'])
    expect(await ownerOf(id, records)).toEqual({ team: 'atlas', through: 'repository shop', differ: 0 })
})

test('nobody owns what names a team there is not', async () => {
  expect(await ownerOf('vm', [entity('Resource', 'vm', {}, [owns('gone')])])).toBeUndefined()
})

test('the filter means the same as asking of each', async () => {
  const ids = ['a', 'b', 'c', 'd', 'e']
  const edge = fc.record({
    from: fc.constantFrom(...ids),
    type: fc.constantFrom<RelationType>('partOf', 'partOf', 'runsIn', 'builtFrom', 'ownedBy'),
    to: fc.constantFrom(...ids),
  })
  let [some, none] = [0, 0]
  await fc.assert(
    fc.asyncProperty(fc.array(edge, { maxLength: 6 }), async (edges) => {
      const records = ids.map((id) =>
        entity(
          'Resource',
          id,
          {},
          edges
            .filter(({ from }) => from === id)
            .map(({ type, to: target }) =>
              type === 'ownedBy' ? to(type, 'Team', 'atlas') : to(type, 'Resource', target),
            ),
        ),
      )
      const catalog = catalogOf([entity('Team', 'atlas'), ...records])
      const all = await catalog.all('Resource')
      const asked = await Promise.all(all.map(async (one) => ((await findOwner(one, catalog)) ? [one.id] : [])))
      const found = await catalog.find({ filter: { all: [{ kinds: ['Resource'] }, owned] } })
      expect(found.entities.map(({ id }) => id)).toEqual(asked.flat())
      if (found.total === 0) none++
      else if (found.total < ids.length) some++
    }),
  )
  expect(some).toBeGreaterThan(none / 2)
})
