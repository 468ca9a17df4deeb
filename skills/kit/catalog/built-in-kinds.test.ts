import { describe, expect, it } from '@jest/globals'
import { kinds } from '../model.js'
import { builtInKinds } from './built-in-kinds.js'
import { stepNamed } from './relation-types.js'

/** What a piece of a sentence names: `Its last run {state}` names `state`. */
const namedIn = (pieces: readonly string[]): string[] =>
  pieces.flatMap((piece) => [...piece.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))

describe('the kinds that are built in', () => {
  it('are declared each once, in the order people look for them', () => {
    expect(builtInKinds.map(({ kind }) => kind)).toEqual(kinds)
  })

  describe.each(builtInKinds.map((declaration) => [declaration.kind, declaration] as const))('%s', (_, declared) => {
    const { properties, facts, sections, next, sentence = [], relations, required = [] } = declared

    it('shows only what it declares', () => {
      const unknown = [...facts, ...namedIn(sentence)].filter((name) => !(name in properties) && !stepNamed(name))
      const steps = [...sections.flatMap((section) => section.steps), ...next.flatMap(({ of }) => of ?? [])]
      const astray = steps.filter((name) => {
        const step = stepNamed(name)
        return !step || (step.direction === 'out' && !relations[step.type])
      })
      expect({ unknown, astray }).toEqual({ unknown: [], astray: [] })
    })

    it('points only at kinds there are', () => {
      const known = new Set<string>(kinds)
      expect(Object.values(relations).flatMap((targets) => targets.filter((kind) => !known.has(kind)))).toEqual([])
    })

    it('calls no property by the name of a relation, so that a filter can tell them apart', () => {
      expect(Object.keys(properties).filter((name) => stepNamed(name))).toEqual([])
    })

    it('orders what is ordered, looks at values it has, and needs what it declares', () => {
      for (const [name, { type, values, looks = {} }] of Object.entries(properties)) {
        if (type === 'ordered') expect([name, values?.length]).not.toEqual([name, undefined])
        const known = values?.map((value) => value.toLowerCase())
        expect(Object.keys(looks).filter((value) => value !== value.toLowerCase())).toEqual([])
        if (known) expect(Object.keys(looks).filter((value) => !known.includes(value))).toEqual([])
      }
      expect(required.filter((name) => !(name in properties))).toEqual([])
    })

    it('is called by words in lower case', () => {
      const words = [
        ...declared.says.map((word) => (typeof word === 'string' ? word : word.word)),
        ...Object.values(properties).flatMap(({ says = [] }) => says),
      ]
      expect(words.filter((word) => word !== word.toLowerCase() || word.trim() === '')).toEqual([])
    })
  })
})
