import { expect, test } from '@jest/globals'
import type { Caller } from '../../hub/caller.js'
import { answerFeedback } from './answer-feedback.js'
import { readThumb, type Thumb } from './read-thumb.js'

const sent = (reaction: string, feedback?: unknown, actionName = 'feedback') => ({
  actionName,
  actionValue: { reaction, ...(feedback !== undefined && { feedback }) },
})

test.each<[string, unknown, Thumb]>([
  ['up', sent('like', '{"feedbackText":"right"}'), { message: '17', reaction: 'like', text: 'right' }],
  [
    'down',
    sent('dislike', '{"feedbackText":"  wrong team "}'),
    { message: '17', reaction: 'dislike', text: 'wrong team' },
  ],
  ['without a remark', sent('like'), { message: '17', reaction: 'like', text: '' }],
  ['with a remark that is no JSON', sent('dislike', 'bad'), { message: '17', reaction: 'dislike', text: '' }],
  ['with a remark of another shape', sent('dislike', '[1]'), { message: '17', reaction: 'dislike', text: '' }],
])('a thumb %s is read', (_what, value, thumb) => {
  expect(readThumb(value, '17')).toEqual(thumb)
})

test('a remark is kept as far as 2,000 characters go', () => {
  const feedback = JSON.stringify({ feedbackText: 'x'.repeat(5_000) })
  expect(readThumb(sent('like', feedback), '17')?.text).toHaveLength(2_000)
})

test.each<[string, unknown, string | undefined]>([
  ['another action', sent('like', '{}', 'other'), '17'],
  ['another reaction', sent('love', '{}'), '17'],
  ['a remark beyond all measure', sent('like', 'x'.repeat(20_001)), '17'],
  ['no message', sent('like', '{}'), undefined],
  ['nothing', undefined, '17'],
  ['a list', [], '17'],
])('%s is no thumb', (_what, value, message) => {
  expect(readThumb(value, message)).toBeUndefined()
})

test('a thumb of somebody who is not served is refused, and not kept', async () => {
  const kept: Thumb[] = []
  const rate = async (thumb: Thumb) => (kept.push(thumb), true)
  const thumb: Thumb = { message: '17', reaction: 'like', text: '' }
  expect(await answerFeedback(thumb, undefined, rate)).toMatchObject({ status: 403 })
  expect(kept).toEqual([])
  expect(await answerFeedback(thumb, {} as Caller, rate)).toEqual({ status: 200, body: {} })
  expect(kept).toEqual([thumb])
})

test('one on a message that is too old is taken all the same: nobody can do anything about that', async () => {
  const thumb: Thumb = { message: '17', reaction: 'like', text: '' }
  expect(await answerFeedback(thumb, {} as Caller, async () => false)).toEqual({ status: 200, body: {} })
})
