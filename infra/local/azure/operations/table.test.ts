import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { effectNames } from '../effects/registry.js'
import { parsePath } from '../resource-path.js'
import { operations, operationsOf } from './table.js'

describe('the table of operations', () => {
  test('names each type once, and each version once', () => {
    const types = operations.map(({ type }) => type.toLowerCase())
    expect(new Set(types).size).toBe(types.length)
    expect(types.length).toBeGreaterThan(70)
    for (const { type, versions } of operations) {
      expect([type, new Set(versions).size]).toEqual([type, versions.length])
      for (const version of versions) expect(version).toMatch(/^20\d\d-\d\d-\d\d(-preview)?$/)
    }
  })

  test('has every parent of a type that is no scope of its own', () => {
    for (const { type } of operations) {
      const parent = type.split('/').slice(0, -1).join('/')
      if (parent.includes('/')) expect([type, operationsOf(parent)?.type]).toEqual([type, parent])
    }
  })

  test('has every type and action that an effect follows', () => {
    for (const name of effectNames()) {
      const [write = '', method] = name.split('#')
      if (method) {
        expect([name, operationsOf(write) !== undefined]).toEqual([name, true])
        continue
      }
      const known = operations.some(({ type, actions }) =>
        Object.keys(actions ?? {}).some((action) => `${type}/${action}`.toLowerCase() === name),
      )
      expect([name, known]).toEqual([name, true])
    }
  })
})

const shared = new URL('../../../../../shared/', import.meta.url)
const published = new URL('specs/arm-operations.json', shared)
const actions = new URL('reference/action-operations.csv', shared)

interface Published {
  apiVersion: string
  method: string
  path: string
  lro: boolean
  status: number[]
}

/** Where the facts that the table was made from stand beside the repository, it is compared with them. */
if (existsSync(published)) {
  describe('compared with published operations', () => {
    const known = (JSON.parse(readFileSync(published, 'utf8')) as Published[]).flatMap((operation) => {
      const path = parsePath(operation.path)
      return path && !operation.path.includes('managementGroups') ? [{ ...operation, parsed: path }] : []
    })

    test.each(operations.map((entry) => [entry.type, entry] as const))('%s', (type, entry) => {
      const own = known.filter(({ parsed }) => parsed.type.toLowerCase() === type.toLowerCase())
      const resource = own.filter(({ parsed, path }) => !parsed.action && path.split('/').length % 2 === 1)
      for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
        const style = entry[method.toLowerCase() as 'put' | 'patch' | 'delete']
        if (!style || !resource.some((operation) => operation.method === 'GET')) continue
        const there = resource.filter((operation) => operation.method === method)
        expect([method, there.length > 0]).toEqual([method, true])
        if (style !== 'sync') expect([method, there.some(({ lro }) => lro)]).toEqual([method, true])
      }
      const posts = own.filter(({ method }) => method === 'POST')
      for (const [action, { style }] of posts.length ? Object.entries(entry.actions ?? {}) : []) {
        const found = posts.filter(({ parsed }) => parsed.action?.toLowerCase() === action.toLowerCase())
        expect([action, found.length > 0]).toEqual([action, true])
        // One that may take long may also be done at once, where 200 is among its answers.
        const fits = found.some(({ lro, status }) => (style === 'sync' ? !lro || status.includes(200) : lro))
        expect([action, style, fits]).toEqual([action, style, true])
      }
      for (const { apiVersion } of resource.filter(({ method }) => method === 'GET'))
        expect(entry.versions).toContain(apiVersion)
    })
  })
}

if (existsSync(actions)) {
  const rows = readFileSync(actions, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const match = /,arm,(GET|PUT|PATCH|POST|DELETE),([^,]+),([^,]+),/.exec(line)
      return match ? [[match[1]!, match[2]!, match[3]!] as const] : []
    })
    .filter(([, path]) => path.includes('/providers/'))
  test.each(rows)('has the action %s %s of %s', (method, path, version) => {
    const parsed = parsePath(path)
    const entry = operationsOf(parsed?.type ?? '')
    expect(entry?.versions).toContain(version)
    const takes = method === 'POST' ? Object.keys(entry?.actions ?? {}).map((name) => name.toLowerCase()) : []
    if (method === 'POST') expect(takes).toContain(parsed?.action?.toLowerCase())
    else expect(entry?.[method.toLowerCase() as 'put' | 'patch' | 'delete']).toBeDefined()
  })
}
