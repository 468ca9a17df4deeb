import { expect, test } from '@jest/globals'
import { createChecksReader, stateOfChecks } from './read-checks.js'

const done = (conclusion: string) => ({ status: 'completed', conclusion })
const running = { status: 'in_progress', conclusion: null }

test.each([
  [[], undefined],
  [[done('success'), done('skipped'), done('neutral')], 'passing'],
  [[done('success'), running], 'pending'],
  [[running, done('failure')], 'failing'],
  [[done('timed_out')], 'failing'],
  [[done('action_required')], 'failing'],
])('%j together are %s', (runs, state) => expect(stateOfChecks(runs)).toBe(state))

test('a commit that passed is asked about once, another one each time; what may not be read is not known', async () => {
  const asked: string[] = []
  const octokit = {
    rest: {
      checks: {
        listForRef: async ({ ref }: { ref: string }) => {
          asked.push(ref)
          if (ref === 'gone') throw Object.assign(new Error('No commit found'), { status: 422 })
          if (ref === 'down') throw Object.assign(new Error('Bad gateway'), { status: 502 })
          return { data: { check_runs: [ref === 'good' ? done('success') : running] } }
        },
      },
    },
  }
  const read = createChecksReader()
  const state = (ref: string) =>
    read(octokit as never, { owner: 'contoso', repo: 'auth', ref }, new AbortController().signal)
  expect([await state('good'), await state('good'), await state('new'), await state('new')]).toEqual([
    'passing',
    'passing',
    'pending',
    'pending',
  ])
  expect(asked).toEqual(['good', 'new', 'new'])
  expect(await state('gone')).toBeUndefined()
  await expect(state('down')).rejects.toMatchObject({ status: 502 })
})
