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
  set: z.enum(['tune', 'weigh', 'held-out']),
  speaker: z.email().optional(),
  zone: z.string().optional(),
  ambiguous: z.literal(true).optional(),
  note: z.string().optional(),
}
const request = z.strictObject({
  ...told,
  text: z.string().min(1),
  command: z.string(),
  args: z.record(z.string().regex(/^\w+$/), z.union([entity, range, z.string().min(1), z.number()])).optional(),
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

/** The words that two texts share, of all that either has. */
function shareOf(some: ReadonlySet<string>, others: ReadonlySet<string>) {
  const shared = [...some].filter((word) => others.has(word)).length
  return shared / (some.size + others.size - shared)
}

test('a file is one voice, of one set', () => {
  for (const { voice, lines } of files) {
    const said = lines.map((line) => JSON.parse(line) as Request)
    expect([...new Set(said.map((each) => each.voice))]).toEqual([voice])
    expect(new Set(said.map(({ set }) => set)).size).toBe(1)
  }
})

test('no text stands twice, whatever its case, spaces and full stop', () => {
  const plain = cases.map(({ text }) => text.toLowerCase().replace(/\s+/gu, ' ').replace(/(?<=\p{L})[ .?!]+$/u, '')) // prettier-ignore
  expect([...counted(plain)].filter(([text, times]) => times > 1 && text.trim())).toEqual([])
})

test('no line that nobody has read says nearly what a tuned one says', () => {
  const wordsOf = ({ text }: { text: string }) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
  const tuned = cases.filter(({ set }) => set === 'tune').map(wordsOf)
  const nearly = cases.filter((each) => {
    const words = wordsOf(each)
    return each.set !== 'tune' && words.size > 1 && tuned.some((others) => shareOf(words, others) >= 0.8)
  })
  expect(nearly.map(({ text }) => text)).toEqual([])
})

test('every command is asked for often enough, and the common ones more often', () => {
  const asked = counted(requests.map(({ command }) => command))
  const common = ['on-call.show', 'catalog.show', 'catalog.owner', 'catalog.find', 'catalog.depends', 'catalog.changed', 'health.show', 'incident.list', 'incident.show', 'triage.explain', 'runbook.find', 'deployment.list', 'help.show', 'search.find', 'action.web-app.restart'] // prettier-ignore
  expect([...asked.keys()].filter((command) => !commands.includes(command))).toEqual([])
  expect(commands.filter((command) => (asked.get(command) ?? 0) < 8)).toEqual([])
  expect(common.filter((command) => asked.get(command)! < 25)).toEqual([])
})

test('the voices that nobody has read ask for every command often enough', () => {
  const asked = counted(requests.filter(({ set }) => set !== 'tune').map(({ command }) => command))
  const commonest = ['on-call.show', 'catalog.owner', 'catalog.show', 'catalog.find', 'catalog.depends', 'catalog.changed', 'health.show', 'incident.list', 'incident.show', 'deployment.list', 'triage.explain', 'action.web-app.restart'] // prettier-ignore
  const rarer = (commands: readonly string[], least: number) => commands.filter((id) => (asked.get(id) ?? 0) < least)
  expect(rarer(effects.read, 6)).toEqual([])
  expect(rarer([...effects.note, ...effects.change], 5)).toEqual([])
  expect(rarer(commonest, 14)).toEqual([])
})

test('there are enough cases, voices and kinds of what is no request', () => {
  for (const [isTuned, least] of [
    [true, 1500],
    [false, 900],
  ] as const) {
    const asking = requests.filter(({ set }) => (set === 'tune') === isTuned)
    const other = counted(
      nonRequests.filter(({ set }) => (set === 'tune') === isTuned).map((each) => ('kind' in each ? each.kind : '')),
    )
    expect(asking.length).toBeGreaterThanOrEqual(least)
    expect(new Set(asking.map(({ voice }) => voice)).size).toBeGreaterThanOrEqual(8)
    expect(kinds.filter((kind) => (other.get(kind) ?? 0) < (kind === 'out-of-scope' ? 50 : 20))).toEqual([])
  }
})

test('a sixth of the cases and more is held out, and as much is there to weigh by', () => {
  for (const some of [requests, nonRequests])
    for (const set of ['weigh', 'held-out'])
      expect(some.filter((each) => each.set === set).length / some.length).toBeGreaterThan(1 / 7)
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
