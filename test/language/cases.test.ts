import { describe, expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod/v4'
import { loadOrganisation } from '../../infra/local/organisation/load-organisation.js'
import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import { printFilter } from '../../skills/kit/catalog/print-filter.js'
import { readFilter } from '../../skills/kit/catalog/read-filter.js'

const folder = 'test/language'

/** Why words are no request, or none that Nexus should answer. */
const kinds = ['negation', 'conditional', 'question-about-action', 'past', 'wish', 'quotation', 'several', 'out-of-scope', 'empty'] as const // prettier-ignore

const instant = z.iso.datetime()
const entity = z.union([
  z.strictObject({ kind: z.enum(['Service', 'Team', 'Person', 'Incident', 'WorkItem']), id: z.string().min(1) }),
  z.strictObject({ kind: z.enum(['Resource', 'Pipeline', 'Repository', 'PullRequest']), name: z.string().min(1) }),
])
const range = z.union([
  z.strictObject({ from: instant, to: instant }).refine(({ from, to }) => from < to, 'from is before to'),
  z.strictObject({ from: instant }),
])
const told = {
  text: z.string(),
  voice: z.string().regex(/^[a-z-]+$/u),
  set: z.enum(['tune', 'held-out']),
  speaker: z.email().optional(),
  zone: z.string().optional(),
  ambiguous: z.literal(true).optional(),
  note: z.string().optional(),
}
const request = z.strictObject({
  ...told,
  text: z.string().min(1),
  command: z.string(),
  args: z.record(z.string(), z.union([entity, range, z.string().min(1), z.number()])).optional(),
})
const nonRequest = z.strictObject({ ...told, command: z.null(), kind: z.enum(kinds) })

type Request = z.infer<typeof request>

const effects = z
  .strictObject({ read: z.array(z.string()), note: z.array(z.string()), change: z.array(z.string()) })
  .parse(JSON.parse(readFileSync(join(folder, 'commands.json'), 'utf8')))
const commands = Object.values(effects).flat()

const files = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => ({
    voice: name.slice(0, -'.jsonl'.length),
    lines: readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'),
  }))
const cases = files.flatMap(({ lines }) =>
  lines.map((line): Request | z.infer<typeof nonRequest> => {
    const said = JSON.parse(line) as { command: unknown }
    return said.command === null ? nonRequest.parse(said) : request.parse(said)
  }),
)
const requests = cases.filter((each): each is Request => each.command !== null)
const nonRequests = cases.filter((each) => each.command === null)
const counted = (values: readonly string[]) =>
  values.reduce((counts, value) => counts.set(value, (counts.get(value) ?? 0) + 1), new Map<string, number>())

test('a file is one voice, of one set, and all requests or none', () => {
  for (const { voice, lines } of files) {
    const said = lines.map((line) => JSON.parse(line) as Request)
    expect([...new Set(said.map((each) => each.voice))]).toEqual([voice])
    expect(new Set(said.map(({ set }) => set)).size).toBe(1)
    expect(new Set(said.map(({ command }) => command === null)).size).toBe(1)
  }
})

test('no text stands twice, whatever its case, spaces and full stop', () => {
  const plain = cases.map(({ text }) => text.toLowerCase().replace(/\s+/gu, ' ').replace(/(?<=\p{L})[ .?!]+$/u, '')) // prettier-ignore
  expect([...counted(plain)].filter(([text, times]) => times > 1 && text.trim())).toEqual([])
})

test('every command is asked for often enough, the common ones more often, and by both sets', () => {
  const asked = counted(requests.map(({ command }) => command))
  const common = ['on-call.show', 'catalog.show', 'catalog.owner', 'catalog.find', 'catalog.depends', 'catalog.changed', 'health.show', 'incident.list', 'incident.show', 'triage.explain', 'runbook.find', 'deployment.list', 'help.show', 'search.find', 'action.web-app.restart'] // prettier-ignore
  expect([...asked.keys()].filter((command) => !commands.includes(command))).toEqual([])
  expect(commands.filter((command) => (asked.get(command) ?? 0) < 8)).toEqual([])
  expect(common.filter((command) => asked.get(command)! < 25)).toEqual([])
  for (const set of ['tune', 'held-out']) {
    const there = new Set(requests.filter((each) => each.set === set).map(({ command }) => command))
    expect(commands.filter((command) => !there.has(command))).toEqual([])
  }
})

test('there are enough cases, voices and kinds of what is no request', () => {
  expect(requests.length).toBeGreaterThanOrEqual(900)
  expect(nonRequests.length).toBeGreaterThanOrEqual(350)
  expect(new Set(requests.map(({ voice }) => voice)).size).toBeGreaterThanOrEqual(10)
  for (const set of ['tune', 'held-out'] as const)
    expect([...new Set(nonRequests.filter((each) => each.set === set).map((each) => 'kind' in each && each.kind))].sort()).toEqual([...kinds].sort()) // prettier-ignore
})

test('two fifths of the cases are held out', () => {
  for (const some of [requests, nonRequests]) {
    const share = some.filter(({ set }) => set === 'held-out').length / some.length
    expect(share).toBeGreaterThan(0.35)
    expect(share).toBeLessThan(0.55)
  }
})

describe('what an argument names', () => {
  const values = requests.flatMap(({ text, args = {} }) => Object.entries(args).map(([name, value]) => ({ text, name, value }))) // prettier-ignore

  test('stands in Contoso', async () => {
    const org = await loadOrganisation('infra/local/contoso', new Date('2026-11-18T09:00:00Z'))
    const known: Record<string, readonly string[]> = {
      Service: org.services.map(({ id }) => id),
      Team: org.teams.map(({ id }) => id),
      Person: org.people.map(({ id }) => id),
      Incident: org.incidents.map(({ number }) => `INC-${number}`),
      WorkItem: org.workItems.map(({ id }) => String(id)),
      Resource: org.resources.map(({ name }) => name),
      Pipeline: org.pipelines.map(({ name }) => name),
      Repository: org.repositories.map(({ name }) => name),
      PullRequest: org.repositories.flatMap(({ name, pulls }) => pulls.map(({ number }) => `${name}#${number}`)),
    }
    const strange = values.filter(({ value }) => {
      const named = entity.safeParse(value).data
      return named && !known[named.kind]!.includes('id' in named ? named.id : named.name)
    })
    expect(strange).toEqual([])
    const environments = [...new Set(org.resources.map(({ environment }) => environment))]
    expect(values.filter(({ name, value }) => name === 'environment' && !environments.includes(value as string))).toEqual([]) // prettier-ignore
  })

  test('is a filter that the catalog takes', () => {
    const filters = values.filter(({ name }) => name === 'filter')
    expect(filters.length).toBeGreaterThan(30)
    for (const { value } of filters) expect(printFilter(readFilter(value as string, builtInKinds))).not.toBe('')
  })
})

test('the README tells the counts', () => {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8')
  const setOf = new Map(cases.map(({ voice, set }) => [voice, set]))
  const voices = [...counted(cases.map(({ voice }) => voice))].map(([voice, n]) => `| ${voice} | ${setOf.get(voice)} | ${n} |`) // prettier-ignore
  const perCommand = commands.map((command) => {
    const asked = requests.filter((each) => each.command === command)
    const tune = asked.filter(({ set }) => set === 'tune').length
    return `| ${command} | ${tune} | ${asked.length - tune} |`
  })
  const perKind = kinds.map((kind) => {
    const such = nonRequests.filter((each) => 'kind' in each && each.kind === kind)
    const tune = such.filter(({ set }) => set === 'tune').length
    return `| ${kind} | ${tune} | ${such.length - tune} |`
  })
  const rows = readme.split('\n').map((line) => line.replace(/\s+/gu, ' '))
  expect([...voices, ...perCommand, ...perKind].filter((row) => !rows.includes(row))).toEqual([])
})
