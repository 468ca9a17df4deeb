import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { moveAlert, raiseAlert } from '../../../infra/local/github/site/alerts.js'
import { changeRepository, pushFiles, removeRepository } from '../../../infra/local/github/site/repositories.js'
import { changeTeam, createTeam } from '../../../infra/local/github/site/teams.js'
import type { Fault } from '../../../skills/kit/errors.js'
import type { Json } from '../../../skills/kit/model.js'
import {
  catalogInfo,
  find,
  keys,
  pagesOf,
  readAll,
  repository,
  serveGitHub,
  signal,
  to,
  type ServedGitHub,
} from './testing/served-github.js'

let gitHub: ServedGitHub
const serve = async (...given: Parameters<typeof serveGitHub>) => (gitHub = await serveGitHub(...given))
const reread = (kind: string, id: string) => gitHub.source.reread!([{ kind, id }], signal())
const named = (name: string) => gitHub.server.all.find((one) => one.name === name)!
const declaring = (name: string, ...services: string[]) =>
  repository(name, { files: { 'catalog-info.yaml': services.map(catalogInfo).join('---\n') } })
afterEach(async () => {
  jest.useRealTimers()
  await gitHub.served.close()
})

describe('lists and limits', () => {
  test('a list that breaks off after half of its pages tells nothing of itself, and the sweep goes on later', async () => {
    const many = Array.from({ length: 130 }, (_, index) => repository(`r-${index}`, { archived: true }))
    const { source, served } = await serve(many)
    served.services.faults.add({ target: 'github/installation/repositories', status: 500, ratio: 0.5 })
    await expect(pagesOf(source)).rejects.toMatchObject({ code: 'Unavailable', message: 'GitHub does not answer.' })
    served.services.faults.clear()
    const { claims } = await readAll(source)
    expect(claims.filter(({ kind }) => kind === 'Repository')).toHaveLength(130)
  })

  test('a quota that is used up ends the sweep with the time when it goes on; hour by hour all is read, each once', async () => {
    const { source, answered } = await serve(
      Array.from({ length: 6 }, (_, index) => declaring(`r-${index}`, `s-${index}`)),
      { hourly: 60 },
    )
    const told: string[] = []
    let [cursor, hours, isDone] = [undefined as Json | undefined, 0, false]
    while (!isDone && ++hours < 10)
      try {
        for await (const page of source.sweep(cursor, signal())) {
          told.push(...keys(page.claims))
          cursor = page.cursor
        }
        isDone = true
      } catch (error) {
        const message = expect.stringMatching(/^GitHub's quota .* is used up until \d{4}-\d\d-\d\dT\d\d:\d\dZ\.$/)
        const retryAfterMs = (error as Fault).retryAfterMs
        expect(error).toMatchObject({ code: 'Unavailable', message })
        expect([retryAfterMs! > 3_000_000, source.quota?.()]).toEqual([
          true,
          { left: expect.any(Number), of: 60, renews: expect.any(String) },
        ])
        jest.useFakeTimers({ now: Date.now() + 3_700_000, doNotFake: notFaked })
      }
    expect([isDone, hours > 1]).toEqual([true, true])
    expect(new Set(told).size).toBe(told.length)
    expect(told.filter((key) => /^(Repository|Service)/.test(key))).toHaveLength(12)
    // A tenth of each hour was left for what people ask.
    expect(answered.filter(({ status }) => status === 403 || status === 429)).toEqual([])
  })

  test('an hour later the token is renewed in the middle of a sweep', async () => {
    const { source, answered } = await serve([declaring('a', 'a'), declaring('b', 'b'), declaring('c', 'c')])
    const told: string[] = []
    for await (const { claims } of source.sweep(undefined, signal())) {
      told.push(...keys(claims))
      jest.useFakeTimers({ now: Date.now() + 3_700_000, doNotFake: notFaked })
    }
    expect(told).toEqual(expect.arrayContaining(['Service/a', 'Service/b', 'Service/c']))
    expect(answered.filter(({ path }) => path.endsWith('/access_tokens')).length).toBeGreaterThan(2)
    expect(answered.filter(({ status }) => status === 401)).toEqual([])
  })

  test('a token that was made worthless is said, and the next reading takes a new one', async () => {
    const { source, server } = await serve([declaring('a', 'a')])
    await readAll(source)
    server.app.revokeTokens()
    jest.useFakeTimers({ now: Date.now() + 10_000, doNotFake: notFaked })
    await expect(pagesOf(source)).rejects.toMatchObject({ message: "GitHub refuses Nexus's app." })
    expect((await readAll(source)).claims).not.toEqual([])
  })

  test('a repository with 5,000 packages is one claim, and its packages come by pages', async () => {
    const dependencies = Array.from({ length: 5_000 }, (_, index) => ({
      ...{ ecosystem: 'npm' as const, name: `package-${index}`, version: '1.0.0' },
    }))
    const { source } = await serve([repository('big', { dependencies })])
    const pages = await pagesOf(source)
    const claims = pages.flatMap((page) => page.claims)
    expect(to(find(claims, 'Repository', 'github/northwind/big'), 'dependsOn')).toHaveLength(5_000)
    expect(claims.filter(({ kind }) => kind === 'Package')).toHaveLength(5_000)
    expect(Math.max(...pages.map((page) => page.claims.length))).toBeLessThan(600)
  })
})

describe('what is called otherwise, given away or put away', () => {
  test('a renamed repository is told by its new name, and what is asked for by the old one is gone', async () => {
    const { source, server } = await serve([declaring('sign-in', 'sign-in')])
    await readAll(source)
    changeRepository(server, named('sign-in'), 'dana', { name: 'auth' })
    const { claims, gone } = await reread('Repository', 'github/northwind/sign-in')
    expect(keys(claims)).toEqual(['Repository/github/northwind/auth', 'Service/sign-in'])
    expect(gone).toEqual([{ kind: 'Repository', id: 'github/northwind/sign-in' }])
    expect((await reread('PullRequest', 'github/northwind/sign-in#1')).gone).toHaveLength(1)
  })

  test('one that was given to another owner, and one that was deleted, are gone', async () => {
    const { server } = await serve([declaring('a', 'a'), declaring('b', 'b')])
    removeRepository(server, named('a'), 'dana', 'fabrikam')
    removeRepository(server, named('b'), 'dana')
    for (const name of ['a', 'b'])
      expect(await reread('Repository', `github/northwind/${name}`)).toEqual({
        ...{ claims: [], gone: [{ kind: 'Repository', id: `github/northwind/${name}` }] },
      })
  })

  test('an archived one is told as that, and nothing of what is in it', async () => {
    const { source, server } = await serve([declaring('old', 'old')])
    changeRepository(server, named('old'), 'dana', { archived: true })
    const { claims } = await readAll(source)
    expect(find(claims, 'Repository', 'github/northwind/old')?.props.archived).toBe(true)
    expect(find(claims, 'Service', 'old')).toBeUndefined()
  })

  test('a team with another name, in another team, and with others in it', async () => {
    const { server } = await serve([declaring('a', 'a')])
    createTeam(server, 'dana', 'Core', { members: ['lee'] })
    changeTeam(server, 'dana', server.documents.teamOf('identity')!, {
      name: 'Sign in',
      parent: 'core',
      members: ['dana'],
    })
    const { claims, gone } = await gitHub.source.reread!(
      ['identity', 'sign-in'].map((id) => ({ kind: 'Team', id })),
      signal(),
    )
    expect(gone).toEqual([{ kind: 'Team', id: 'identity' }])
    expect(to(find(claims, 'Team', 'sign-in'), 'partOf')).toEqual(['core'])
    expect(keys(claims)).toEqual(['Person/dana@northwind.example', 'Team/sign-in'])
  })
})

describe('files', () => {
  const broken = 'kind: Component\nmetadata:\n  name: a\n---\nkind: Component\nmetadata:\n  name: b\n   title: [\n'

  test('a broken catalog-info.yaml names its line, tells what it can, and lets no service go', async () => {
    const { source, server } = await serve([declaring('a', 'a', 'b')])
    expect(keys((await readAll(source)).claims)).toEqual(expect.arrayContaining(['Service/a', 'Service/b']))
    pushFiles(server, named('a'), { by: 'lee', files: { 'catalog-info.yaml': broken } })
    const pages = await pagesOf(source)
    const claims = pages.flatMap((page) => page.claims)
    const [gap] = pages.flatMap(({ gaps = [] }) => gaps)
    expect(gap).toEqual({
      reason: expect.stringMatching(
        /^catalog-info\.yaml of northwind\/a cannot be read \(line 7: .+\): mend it there\./,
      ),
      keeps: { kinds: ['Service'], prefix: '' },
    })
    expect(find(claims, 'Service', 'a')).toBeDefined()
    expect(find(claims, 'Repository', 'github/northwind/a')?.props.mistakes).toEqual([
      expect.stringMatching(/^catalog-info\.yaml, line 7: /),
    ])
    expect((await reread('Repository', 'github/northwind/a')).gone).toEqual([])
  })

  test('a document that is no entity names where it begins', async () => {
    const files = { 'catalog-info.yaml': `${catalogInfo('a')}---\nkind: Component\nspec: {}\n` }
    const { source } = await serve([repository('a', { files })])
    const { claims } = await readAll(source)
    expect(find(claims, 'Repository', 'github/northwind/a')?.props.mistakes).toEqual([
      expect.stringMatching(/^catalog-info\.yaml, line 7: metadata: /),
    ])
  })

  test('a service that a push took out of the file is gone, unless another repository declares it', async () => {
    const { source, server } = await serve([declaring('a', 'a', 'b', 'c'), declaring('z', 'c')])
    await readAll(source)
    pushFiles(server, named('a'), { by: 'lee', files: { 'catalog-info.yaml': catalogInfo('a') } })
    expect((await reread('Repository', 'github/northwind/a')).gone).toEqual([{ kind: 'Service', id: 'b' }])
  })

  test('each mistake of CODEOWNERS has its line', async () => {
    const files = { CODEOWNERS: '* @northwind/identity\n/a [x\n/b @nobody\n' }
    const { source } = await serve([repository('a', { files })])
    const claim = find((await readAll(source)).claims, 'Repository', 'github/northwind/a')
    expect(claim?.props.mistakes).toEqual(expect.arrayContaining([expect.stringMatching(/^CODEOWNERS, line 3: /)]))
    expect(to(claim, 'ownedBy')).toEqual(['identity'])
  })
})

test('an alert that is raised, and then closed, is counted and counted no more', async () => {
  const { server } = await serve([repository('a', { security: [] })])
  const about = { severity: 'critical' as const, summary: 'A secret', rule: 'azure_storage_account_key' }
  const alert = raiseAlert(server, named('a'), { kind: 'secret', ...about })
  const props = async () => (await reread('Repository', 'github/northwind/a')).claims[0]?.props
  expect(await props()).toMatchObject({ secretAlerts: 1 })
  moveAlert(server, named('a'), alert, 'resolved')
  expect(await props()).not.toHaveProperty('secretAlerts')
})

/** Only the date is another: sockets and pauses keep real time. */
const notFaked = [
  ...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'] as const),
  ...(['nextTick', 'queueMicrotask', 'performance', 'hrtime'] as const),
]
