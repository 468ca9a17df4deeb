import { describe, expect, test } from '@jest/globals'
import { now, person, press } from './testing/samples/sample.js'
import { worst } from './testing/samples/hard.js'
import { frameSamples } from './testing/samples/samples.js'
import { limits, sizeOf } from './limits.js'
import type { CardData, Section } from './model.js'
import { renderCard } from './render.js'
import { drawOfficially } from './testing/official.js'
import { check } from './testing/schema.js'

const card = (data: Partial<CardData>): CardData => ({ state: 'good', topic: 'Topic', title: 'Title', ...data })
const draw = (data: Partial<CardData>) => renderCard(card(data), { now })

/** Every element of a card with this type, in reading order. */
function all(node: unknown, type: string): Record<string, unknown>[] {
  if (Array.isArray(node)) return node.flatMap((item) => all(item, type))
  if (typeof node !== 'object' || node === null) return []
  const own = 'type' in node && node.type === type ? [node as Record<string, unknown>] : []
  return [...own, ...Object.values(node).flatMap((value) => all(value, type))]
}

const texts = (node: unknown) => all(node, 'TextBlock').map(({ text }) => String(text))

describe.each(frameSamples.map((sample) => [sample.name, sample] as const))('%s', (_, { data }) => {
  const drawn = renderCard(data, { now })

  test('is sound: only what schema 1.5 has, and the official renderer draws it without complaint', () => {
    expect(check(drawn)).toEqual([])
    const { complaints, html } = drawOfficially(drawn)
    expect(complaints).toEqual([])
    expect(html).toContain('ac-container')
  })

  test('is small, has a text for places without cards, and leaves no expression behind', () => {
    expect(sizeOf(drawn)).toBeLessThanOrEqual(limits.bytes)
    expect(String(drawn['fallbackText']).length).toBeGreaterThan(5)
    expect(JSON.stringify(drawn)).not.toMatch(/\$\{|\uE000/)
  })

  test('can be read aloud: a heading, a name for everything that can be pressed, ids that are unique', () => {
    expect(all(drawn, 'TextBlock').filter(({ style }) => style === 'heading')).toHaveLength(1)
    const ids = ['Container', 'TextBlock'].flatMap((type) => all(drawn, type).flatMap(({ id }) => id ?? []))
    expect(new Set(ids).size).toBe(ids.length)
    for (const { title, targetElements } of all(drawn, 'Action.ToggleVisibility')) {
      expect(title).toBeTruthy()
      expect(ids).toEqual(expect.arrayContaining(targetElements as string[]))
    }
  })
})

describe('the frame', () => {
  test('draws only what the data has', () => {
    const bare = draw({})
    expect(texts(bare)).toEqual(['● Topic', 'Title'])
    expect(bare).not.toHaveProperty('refresh')
    expect(bare).not.toHaveProperty('msteams')
  })

  test('shows four buttons, six more in the overflow, and no destructive one first', () => {
    const buttons = Array.from({ length: 14 }, (_, index) =>
      press(`Do ${index}`, index === 0 ? 'destructive' : 'positive'),
    )
    const actions = all(draw({ buttons }), 'Action.Execute')
    expect(actions.map(({ mode }) => mode ?? 'primary')).toEqual([
      ...Array<string>(4).fill('primary'),
      ...Array<string>(6).fill('secondary'),
    ])
    expect(actions[0]).toMatchObject({ title: 'Do 1', style: 'positive' })
    expect(actions[1]).toMatchObject({ title: 'Do 0', style: 'destructive' })
    expect(actions.filter(({ style }) => style === 'positive')).toHaveLength(1)
  })

  test('a button carries an opaque id and nothing else', () => {
    const [action] = all(draw({ buttons: [press('Approve restart')] }), 'Action.Execute')
    expect(action).toEqual({
      type: 'Action.Execute',
      title: 'Approve restart',
      verb: 'nexus',
      data: { id: 'approve-restart' },
    })
    expect(() => draw({ buttons: [{ kind: 'execute', title: 'x', id: 'vm.restart {"a":1}' }] })).toThrow(
      /1 to 128 letters/,
    )
    expect(() => draw({ buttons: [{ kind: 'execute', title: 'x', id: '' }] })).toThrow(TypeError)
  })

  test('opens a dialog the way Teams wants it', () => {
    const [action] = all(draw({ buttons: [{ kind: 'dialog', title: 'Assign…', id: 'a1' }] }), 'Action.Submit')
    expect(action).toMatchObject({ data: { id: 'a1', msteams: { type: 'task/fetch' } } })
  })

  test('a row has at most two buttons, outside what a tap on it does, and says which row they are of', () => {
    const row = {
      title: 'Swap *slots*',
      select: press('Show it'),
      buttons: ['A', 'B', 'C'].map((title) => press(title)),
    }
    const drawn = draw({ sections: [{ kind: 'rows', rows: [row, { title: 'plain' }] }] })
    const [taps, ...buttons] = all(drawn, 'Action.Execute')
    expect([taps, ...buttons].map((action) => [action!['title'], action!['tooltip']])).toEqual([
      ['Show it', undefined],
      ['A', 'A: Swap *slots*'],
      ['B', 'B: Swap *slots*'],
    ])
    const tapped = all(drawn, 'ColumnSet').filter((set) => 'selectAction' in set)
    expect(tapped).toHaveLength(1)
    expect(all(tapped[0] as never, 'ActionSet')).toEqual([])
    expect(all(drawn, 'ActionSet')).toHaveLength(1)
  })

  test('a decided card has no buttons', () => {
    const drawn = draw({ decided: 'Approved by Lee', buttons: [press('Approve restart')] })
    expect(all(drawn, 'ActionSet')).toEqual([])
    expect(texts(drawn)).toContain('Approved by Lee')
  })

  test('times are functions that each reader’s client fills in, in whole seconds', () => {
    const drawn = draw({
      sentence: ['until ', { time: '2026-11-19T08:00:00.250Z' }, ', then ', { time: '2026-11-25T08:00:00+01:00' }],
    })
    expect(texts(drawn)).toContain(
      'until {{TIME(2026-11-19T08:00:00Z)}}, then {{DATE(2026-11-25T07:00:00Z, SHORT)}} {{TIME(2026-11-25T07:00:00Z)}}',
    )
    expect(draw({ sentence: ['until ', { time: 'soon' }, '!'] })).toMatchObject({
      fallbackText: 'Topic · Title\nuntil !',
    })
  })

  test('a person is mentioned once, and namesakes are told apart', () => {
    const drawn = draw({
      facts: [
        { label: 'A', value: [person('Lee Park'), ' and ', person('Lee Park')] },
        { label: 'B', value: [{ mention: 'Lee Park', id: 'other' }] },
      ],
    })
    expect(drawn['msteams']).toEqual({
      entities: [
        { type: 'mention', text: '<at>Lee Park</at>', mentioned: { id: person('Lee Park').id, name: 'Lee Park' } },
        { type: 'mention', text: '<at>Lee Park (2)</at>', mentioned: { id: 'other', name: 'Lee Park' } },
      ],
    })
    expect(texts(drawn)).toContain('<at>Lee Park</at> and <at>Lee Park</at>')
  })

  test('asks at most 60 people for their own view', () => {
    const drawn = draw({ refresh: { id: 'r1', people: Array.from({ length: 70 }, (_, index) => `29:${index}`) } })
    expect(drawn['refresh']).toMatchObject({ action: { type: 'Action.Execute', verb: 'nexus', data: { id: 'r1' } } })
    expect((drawn['refresh'] as { userIds: string[] }).userIds).toHaveLength(60)
  })

  test('is wide only for a table', () => {
    const columns = ['A', 'B', 'C'].map((title) => ({ title }))
    expect(draw({ sections: [{ kind: 'table', columns, rows: [['1', '2']] }] })['msteams']).toEqual({ width: 'Full' })
    expect(draw({ sections: [{ kind: 'rows', rows: [{ title: 'x' }] }] })).not.toHaveProperty('msteams')
  })
})

describe('what is too much', () => {
  test('is cut and counted, with a way to the rest', () => {
    const rows = Array.from({ length: 40 }, (_, index) => ({ title: `row ${index}` }))
    const drawn = draw({ sections: [{ kind: 'rows', rows, total: 1200, more: press('Show all') }] })
    expect(texts(drawn)).toContain('and 1,188 more')
    expect(all(drawn, 'Action.Execute')).toEqual([expect.objectContaining({ title: 'Show all' })])
  })

  test('an empty section is not there', () => {
    const sections: Section[] = [
      { kind: 'rows', title: 'Rows', rows: [] },
      { kind: 'list', title: 'List', items: [] },
      { kind: 'text', title: 'Text', text: '' },
      { kind: 'table', title: 'Table', columns: [{ title: 'A' }], rows: [] },
      { kind: 'facts', title: 'Facts', facts: [] },
      { kind: 'tree', title: 'Tree', nodes: [] },
      { kind: 'form', title: 'Form', inputs: [] },
    ]
    expect(draw({ sections })).toEqual(draw({}))
  })

  test('the largest card that can be asked for still fits, is sound, and says what it left out', () => {
    const drawn = renderCard(worst(), { now })
    expect(sizeOf(drawn)).toBeLessThanOrEqual(limits.bytes)
    expect(check(drawn)).toEqual([])
    expect(texts(drawn).join('\n')).toContain('Left out, too long for a card')
  })

  test('a form is never cut: it is refused with a sentence', () => {
    const input = (index: number) => ({
      type: 'text' as const,
      id: `i${index}`,
      label: 'Label',
      value: '😀'.repeat(900),
    })
    const form = (count: number) =>
      draw({ sections: [{ kind: 'form', inputs: Array.from({ length: count }, (_, index) => input(index)) }] })
    expect(() => form(13)).toThrow('A form asks at most 12 questions, not 13; ask in two steps.')
    expect(() => form(12)).toThrow(/does not fit a card of 24576 bytes; ask in two steps/)
  })

  test('a choice with more options than shown says so', () => {
    const choices = Array.from({ length: 80 }, (_, index) => ({ title: `t${index}`, value: `v${index}` }))
    const [input] = all(
      draw({ sections: [{ kind: 'form', inputs: [{ type: 'choice', id: 'c', label: 'Service', choices }] }] }),
      'Input.ChoiceSet',
    )
    expect(input).toMatchObject({ label: 'Service (first 50 of 80)', style: 'filtered' })
  })
})
