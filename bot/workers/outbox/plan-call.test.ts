import { expect, test } from '@jest/globals'
import type { Outgoing } from '../../outgoing.js'
import type { Message } from '../../store/records/message-records.js'
import { lineOf } from './enqueue.js'
import { planCall, remembered, type PlannedCall } from './plan-call.js'

const to = { channel: '19:c' }
const content = { text: 'hello' }
const sent = (activityId: string, root?: string): Message => ({
  fate: 'sent',
  activityId,
  item: 'i',
  ...(root && { root }),
})
const reply: Outgoing = { op: 'reply', to, root: 'root', content }
const edit: Outgoing = { op: 'edit', to, key: 'status', root: 'root', content }

test('a post opens a thread, a reply joins the thread of its root, an edit changes what it names', () => {
  expect(planCall({ op: 'post', to, key: 'root', content }, 'i1', undefined, undefined)).toEqual({
    call: { op: 'post', to },
    key: 'root',
  })
  expect(planCall(reply, 'i2', undefined, sent('7'))).toEqual({
    call: { op: 'post', to, root: '7' },
    key: 'i2',
    leansOn: 'root',
  })
  expect(planCall(reply, 'i2', undefined, sent('9', '7'))).toMatchObject({ call: { root: '7' } })
  expect(planCall(edit, 'i3', sent('8', '7'), sent('7'))).toEqual({
    call: { op: 'edit', to, activityId: '8', root: '7' },
    key: 'status',
    leansOn: 'status',
  })
  expect(planCall({ op: 'edit', to, key: 'root', content }, 'i3', sent('7'), undefined)).toMatchObject({
    call: { root: '7' },
  })
})

test('what is not there any more is posted anew, and later messages find it', () => {
  const anew = planCall(edit, 'i3', undefined, sent('7')) as PlannedCall
  expect(anew).toEqual({ call: { op: 'post', to, root: '7' }, key: 'status', leansOn: 'root' })
  expect([...remembered(anew, '12', 'i3')]).toEqual([
    ['status', { fate: 'sent', activityId: '12', root: '7', item: 'i3' }],
  ])

  const orphan = planCall(reply, 'i4', undefined, undefined) as PlannedCall
  expect(orphan).toEqual({ call: { op: 'post', to }, key: 'i4', anchors: 'root' })
  const learnt = remembered(orphan, '13', 'i4')
  expect(learnt.get('root')).toEqual({ fate: 'anchored', activityId: '13', item: 'i4' })
  // The next reply joins the new thread; the root's next edit does not overwrite what the first reply said there.
  expect(planCall(reply, 'i5', undefined, learnt.get('root'))).toMatchObject({ call: { op: 'post', root: '13' } })
  expect(planCall({ op: 'edit', to, key: 'root', content }, 'i6', learnt.get('root'), undefined)).toEqual({
    call: { op: 'post', to, root: '13' },
    key: 'root',
    leansOn: 'root',
  })
})

test('where the fate of a message is unknown, what is about it is unknown too', () => {
  const unknown: Message = { fate: 'unknown', item: 'i' }
  expect(planCall(edit, 'i3', unknown, sent('7'))).toHaveProperty('unknown')
  expect(planCall(reply, 'i3', undefined, unknown)).toHaveProperty('unknown')
})

test('what one person sees opens no thread for others', () => {
  const orphan = planCall({ ...reply, only: '29:dana' }, 'i4', undefined, undefined) as PlannedCall
  expect([...remembered(orphan, '13', 'i4').keys()]).toEqual(['i4'])
  expect(remembered(orphan, '13', 'i4').get('i4')).toMatchObject({ targeted: true })
})

test('a thread is one line from its first post on, and a chat is one line', () => {
  const root = lineOf('INC-1', 'i1', { op: 'post', to, key: 'root', content })
  expect([
    lineOf('INC-1', 'i2', reply),
    lineOf('INC-1', 'i3', edit),
    lineOf('INC-1', 'i4', { op: 'edit', to, key: 'root', content }),
  ]).toEqual([root, root, root])
  expect(lineOf('INC-2', 'i1', { op: 'post', to, key: 'root', content })).not.toBe(root)
  const chat = { person: 'dana' }
  expect(lineOf('INC-1', 'i1', { op: 'post', to: chat, content })).toBe(
    lineOf('digest', 'i9', { op: 'post', to: chat, key: 'k', content }),
  )
})
