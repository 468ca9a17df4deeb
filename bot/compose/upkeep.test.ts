import { expect, test } from '@jest/globals'
import type { SourceState } from '../../skills/kit/ports.js'
import { unreadSources } from './upkeep.js'

const now = '2026-11-21T08:00:10.000Z'
const reading = (since: string, of?: number): Partial<SourceState> => ({
  reading: { since, read: 10, progress: { done: 10, ...(of !== undefined && { of }), what: 'resources' } },
})
const began = '2026-11-21T08:00:00.000Z'

test.each<[what: string, state: Partial<SourceState> | undefined, isAwaited: boolean]>([
  ['nothing is known of it', undefined, true],
  ['it was not begun', {}, true],
  ['it was read', { asOf: began }, false],
  ['it does not answer', { down: { since: began, reason: 'No answer.' } }, false],
  ['it is being read, and there is little', reading(began, 500), true],
  ['it is being read, and nobody knows how much there is', reading(began), true],
  ['it has been read for long', reading('2026-11-21T07:59:00.000Z', 500), false],
  ['it says itself that there is much', reading(began, 100_000), false],
])('a first reading is awaited or not: %s', (_what, state, isAwaited) => {
  const states = state ? [{ source: 'azure', title: 'Azure', ...state }] : []
  expect(unreadSources([{ name: 'azure', title: 'Azure' }], states, now)).toEqual(isAwaited ? ['Azure'] : [])
})
