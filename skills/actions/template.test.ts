import { expect, test } from '@jest/globals'
import { fill, fillBody, fillPath, parseTemplate } from './template.js'

const scope = {
  target: { id: '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Web/sites/x', name: 'x' },
  capacity: 5,
  nasty: '../../y?api-version=1#',
  elsewhere: '/subscriptions/1/../2',
}
const said = (text: string) => fill(parseTemplate(text), scope)
const path = (text: string) => fillPath(parseTemplate(text), scope)

test('a text has its values in place, and says what is not known', () => {
  expect(said('{target.name} gets {capacity}, {nothing} before.')).toBe('x gets 5, unknown before.')
})

test.each(['{', 'a }', '{a b}', '{}', '{{a}}'])('%s is no template', (text) => {
  expect(() => parseTemplate(text)).toThrow()
})

test('an ARM id stands in a path as it is, and nothing else does', () => {
  expect(path('{target.id}/restart')).toBe(`${scope.target.id}/restart`)
  expect(path('/subscriptions/1/{nasty}')).toBe('/subscriptions/1/..%2F..%2Fy%3Fapi-version%3D1%23')
  expect(path('{elsewhere}')).toBe('%2Fsubscriptions%2F1%2F..%2F2')
  expect(path('/subscriptions/1/x/{target.id}')).toContain('%2Fsubscriptions%2F1')
})

test('a path with a value that is not there is none', () => {
  expect(() => path('{target.nothing}/restart')).toThrow('not known')
})

test('a body keeps the types of its values', () => {
  const body = { sku: { capacity: '{capacity}', name: '{target.name}-{capacity}' }, list: ['{nothing}', true] }
  expect(fillBody(body, scope)).toEqual({ sku: { capacity: 5, name: 'x-5' }, list: [null, true] })
})
