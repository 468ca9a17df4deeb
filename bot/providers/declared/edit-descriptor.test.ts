import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseAllDocuments } from 'yaml'
import { declaredProperties, type DeclarationWish } from '../../../skills/kit/declarations.js'
import { Fault } from '../../../skills/kit/errors.js'
import { changedLines, editDescriptor, placeOfProperty } from './edit-descriptor.js'

const wish = (property: DeclarationWish['property'], value: string, name = 'shop'): DeclarationWish => ({
  entity: { kind: 'Service', id: name, name },
  ...{ property, value },
})
const edit = (text: string, property: DeclarationWish['property'], value: string) =>
  changedLines(text, editDescriptor(text, wish(property, value)).text)

const file = `# Ours, since spring.
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
    name: shop   # as in the code
    annotations:
        "github.com/project-slug": 'northwind/shop'   # keep

        # the end of annotations
    tags: [ a,   b ]
spec: {type: service,  owner: "group:a" } # flow

---
kind: Component
apiVersion: v1
metadata: {name: other}
`

describe('an edit', () => {
  test('replaces a value and leaves every other character', () => {
    expect(edit(file, 'owner', 'group:atlas')).toEqual([
      '- spec: {type: service,  owner: "group:a" } # flow',
      '+ spec: {type: service,  owner: group:atlas } # flow',
    ])
    expect(editDescriptor(file, wish('owner', 'group:atlas')).before).toBe('group:a')
  })

  test('adds a line in the style of its map', () => {
    expect(edit(file, 'runbook', 'https://wiki.example/shop#1')).toEqual([
      '+         nexus/runbook: https://wiki.example/shop#1',
    ])
    expect(edit(file, 'description', 'What: we sell')).toEqual([`+     description: "What: we sell"`])
    expect(edit(file, 'lifecycle', 'deprecated')).toEqual([
      expect.any(String),
      '+ spec: {type: service,  owner: "group:a", lifecycle: deprecated } # flow',
    ])
  })

  test('adds what leads to it where that is missing', () => {
    const bare = 'apiVersion: v1\nkind: Component\nmetadata:\n  name: shop\nspec:\n  type: service'
    expect(edit(bare, 'tier', 'high')).toEqual(['+   annotations:', '+     nexus/tier: high'])
    expect(editDescriptor(bare, wish('owner', 'group:a')).text.endsWith('type: service\n  owner: group:a\n')).toBe(true)
    expect(edit('kind: Component\nmetadata:\n  name: shop\n  annotations:\n', 'tier', 'high')).toEqual([
      '+     nexus/tier: high',
    ])
    expect(edit('kind: Component\nmetadata: {name: shop}\n', 'tier', 'high')).toEqual([
      '- metadata: {name: shop}',
      '+ metadata: {name: shop, annotations: { nexus/tier: high } }',
    ])
  })

  test('declares what no file declares yet, beside what is there or in a file of its own', () => {
    const { text } = editDescriptor(file, { ...wish('tier', 'low', 'third'), owner: 'group:a' })
    expect(text.startsWith(file)).toBe(true)
    const [, , third] = parseAllDocuments(text).map((one) => one.toJS() as unknown)
    expect(third).toEqual({
      ...{ apiVersion: 'backstage.io/v1alpha1', kind: 'Component' },
      metadata: { name: 'third', annotations: { 'nexus/tier': 'low' } },
      spec: { type: 'service', lifecycle: 'production', owner: 'group:a' },
    })
    const id = '/subscriptions/s/resourcegroups/rg/providers/a.b/c/st123'
    const made = editDescriptor(undefined, {
      entity: { kind: 'Resource', id, name: 'st123' },
      property: 'owner',
      value: 'group:a',
    })
    expect(parseAllDocuments(made.text)[0]!.toJS()).toMatchObject({
      ...{ kind: 'Resource', metadata: { name: 'st123', annotations: { 'nexus/azure-resource-id': id } } },
      spec: { owner: 'group:a' },
    })
    // Asked again it is found by what it is in Azure.
    const again = editDescriptor(made.text, {
      entity: { kind: 'Resource', id, name: 'st123' },
      property: 'owner',
      value: 'group:b',
    })
    expect(changedLines(made.text, again.text)).toEqual(['-   owner: group:a', '+   owner: group:b'])
  })

  test.each([
    ['a broken file', 'a: [\n', /^The file is broken: /],
    [
      'an alias in its way',
      'x: &o { name: shop, annotations: {} }\nkind: Component\nmetadata: *o\n',
      /does not change/,
    ],
  ])('refuses %s', (_what, text, said) => {
    const attempt = () => editDescriptor(text, wish('tier', 'low'))
    if (/alias/.test(_what)) expect(attempt().text).toContain('nexus/tier')
    else expect(attempt).toThrow(said)
  })

  test('says what it is asked to and nothing else, of any file', () => {
    const value = fc.oneof(
      fc
        .string({ minLength: 1, maxLength: 30 })
        .map((one) => one.replace(/[\u0000-\u001f\u007f-\u009f\ud800-\udfff]/g, ' ').trim() || 'x'),
      fc.constantFrom('yes', '1.0', '~', '# no', 'a: b', '- x', '*a', '"', "it's"),
    )
    const gap = fc.constantFrom('', '\n', '# a comment\n', '  # another\n')
    const annotations = fc.constantFrom(
      '',
      '  annotations:\n    a: b # c\n',
      '  annotations: {a: b}\n',
      '  annotations:\n',
      '  annotations: {}\n',
    )
    const spec = fc.constantFrom(
      '',
      'spec:\n  owner: >-\n    x\n    y\n  type: service\n',
      'spec: {}\n',
      "spec:\n  owner: 'x' # y\n",
      'spec:\n    lifecycle:\n    owner:   z\n',
    )
    const text = fc
      .tuple(gap, annotations, gap, spec, gap)
      .map(([a, b, c, d, e]) => `${a}kind: Component\nmetadata:\n  name: shop\n${b}${c}${d}${e}`)
    fc.assert(
      fc.property(text, fc.constantFrom(...declaredProperties), value, (one, property, given) => {
        let edited: string
        try {
          edited = editDescriptor(one, wish(property, given)).text
        } catch (error) {
          if (error instanceof Fault) return
          throw error
        }
        const [now, before] = [edited, one].map((each) => parseAllDocuments(each)[0]!)
        expect(now!.getIn(placeOfProperty[property])).toBe(given)
        const way = placeOfProperty[property]
        for (const up of [way.slice(0, 1), way.slice(0, 2)])
          if (up.length < way.length && before!.getIn(up) === null) before!.deleteIn(up)
        before!.setIn(way, given)
        expect(now!.toJS()).toEqual(before!.toJS())
        for (const comment of one.match(/#.*/g) ?? []) expect(edited).toContain(comment)
      }),
      { numRuns: 500 },
    )
  })
})
