import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Server } from '../../../infra/local/github/server.js'
import { changeInstallation } from '../../../infra/local/github/site/installation.js'
import { service } from '../../../infra/local/testing/small-organisation.js'
import type { Started } from '../../../infra/local/testing/start-vendors.js'
import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import { checkClaim } from '../../../skills/kit/catalog/check-claim.js'
import { readWhole, type CatalogSource, type SweepPage } from '../../../skills/kit/catalog-source.js'
import type { Json } from '../../../skills/kit/model.js'
import { loginRef, partsOf } from './github-ids.js'
import {
  catalogInfo,
  find,
  keys,
  pagesOf,
  repository,
  serveGitHub,
  signal,
  to,
  type ServedGitHub,
} from './testing/served-github.js'

const repositories = [
  repository('auth-api', {
    language: 'C#',
    files: {
      'catalog-info.yaml': catalogInfo('auth-api'),
      CODEOWNERS: '* @northwind/identity\n/docs @northwind/nobody\n',
      '.github/workflows/deploy.yml': 'on: push\n',
    },
    pulls: [
      {
        ...{ number: 7, title: 'Retry', by: 'lee', reviewers: ['dana'], opened: '2026-11-20T08:00:00.000Z' },
        ...{ branch: 'retry', draft: false, state: 'open', checks: 'success', body: '' },
      },
    ],
    workflows: [
      {
        ...{ name: 'Deploy', path: '.github/workflows/deploy.yml', dispatch: true },
        runs: [1, 2, 3, 4].map((day) => ({
          ...{ at: `2026-11-0${day}T09:00:00.000Z`, by: 'dana', minutes: 6, branch: 'main', message: `Day ${day}` },
          conclusion: day === 4 ? ('failure' as const) : ('success' as const),
        })),
      },
    ],
    dependencies: [
      { ecosystem: 'maven', name: 'org.postgresql:postgresql', version: '42.7.4', license: 'BSD-2-Clause' },
    ],
    packages: [{ type: 'container', name: 'auth-api', version: '4.7.1', at: '2026-11-04T09:10:00.000Z' }],
    security: ['dependabot', 'code', 'secret'],
    alerts: [
      { kind: 'secret', severity: 'high', rule: 'key', summary: 'A key', at: '2026-11-03T08:00:00.000Z' },
      {
        ...{ kind: 'dependabot', severity: 'high', rule: 'GHSA-1', cve: 'CVE-2026-1', summary: 'Injection' },
        ...{
          at: '2026-11-03T08:00:00.000Z',
          ecosystem: 'maven',
          package: 'org.postgresql:postgresql',
          fixedIn: '42.7.5',
        },
      },
    ],
  }),
  repository('auth', { files: { 'catalog-info.yaml': catalogInfo('auth-api') } }),
  repository('old', { archived: true }),
  repository('web', {
    dependencies: [{ ecosystem: 'maven', name: 'org.postgresql:postgresql', version: '42.6.0' }],
    dependencyGraph: false,
  }),
]
const services = [service('auth-api', { repository: 'northwind/auth-api', versions: { production: '4.7.1' } })]

let gitHub: ServedGitHub
let served: Started
let source: CatalogSource
let server: Server
let answered: ServedGitHub['answered']

beforeEach(async () => {
  gitHub = await serveGitHub(repositories, { org: { services } })
  ;({ served, source, server, answered } = gitHub)
})
afterEach(() => served.close())

describe('a sweep', () => {
  test('tells everything, each entity once, and the same again', async () => {
    const claims = await readWhole(source, signal())
    expect(new Set(keys(claims)).size).toBe(claims.length)
    expect(keys(claims)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Deployment\/github\/northwind\/auth-api\/deployments\/\d+$/),
        'Environment/production',
        'Package/docker/auth-api',
        'Package/maven/org.postgresql/postgresql',
        'Person/dana@northwind.example',
        'Pipeline/github/northwind/auth-api/workflows/deploy.yml',
        'PullRequest/github/northwind/auth-api#7',
        'Repository/github/northwind/old',
        'Service/auth-api',
        'Team/identity',
      ]),
    )
    expect(await readWhole(source, signal())).toEqual(claims)
  })

  test('tells nothing that the kinds have not declared', async () => {
    const claims = await readWhole(source, signal())
    expect(claims.flatMap((claim) => checkClaim(claim, builtInKinds).map((mistake) => [claim.id, mistake]))).toEqual([])
  })

  test('says of a repository who owns it, what is wrong with it, and what it is built with', async () => {
    const claims = await readWhole(source, signal())
    const auth = find(claims, 'Repository', 'github/northwind/auth-api')
    expect(auth?.props).toMatchObject({
      ...{ language: 'C#', visibility: 'private', archived: false, branch: 'main', openPulls: 1, release: 'v4.7.1' },
      ...{ vulnerabilities: 1, worst: 'high', highVulnerabilities: 1, secretAlerts: 1 },
      mistakes: ['CODEOWNERS, line 2: Unknown owner (/docs @northwind/nobody)'],
      environments: ['production'],
    })
    expect(auth?.relations).toEqual([
      { type: 'ownedBy', to: { kind: 'Team', id: 'identity' }, why: 'CODEOWNERS' },
      { type: 'dependsOn', to: { kind: 'Package', id: 'maven/org.postgresql/postgresql' }, why: 'version 42.7.4' },
      { type: 'publishes', to: { kind: 'Package', id: 'docker/auth-api' }, why: 'GitHub Packages' },
    ])
    expect(find(claims, 'Package', 'maven/org.postgresql/postgresql')?.props).toEqual({
      ...{ ecosystem: 'maven', license: 'BSD-2-Clause', versions: ['42.7.4'], vulnerabilities: 1, worst: 'high' },
      ...{ advisories: ['CVE-2026-1'], fixedIn: '42.7.5' },
    })
    expect(JSON.stringify(claims)).not.toContain('not-a-secret-of-anybody')
  })

  test('tells of a workflow its last run, and of a deployment what runs where', async () => {
    const claims = await readWhole(source, signal())
    expect(find(claims, 'Pipeline', 'github/northwind/auth-api/workflows/deploy.yml')?.props).toMatchObject({
      ...{ state: 'failed', lastRun: '2026-11-04T09:00:00.000Z', lastNumber: '4', duration: 6.1, enabled: true },
    })
    const runs = claims.filter(({ kind }) => kind === 'Run')
    expect(runs.map(({ props }) => props.number)).toEqual(['4', '3', '2'])
    expect(to(runs[0], 'authoredBy')).toEqual(['dana@northwind.example'])
    const [deployment] = claims.filter(({ kind }) => kind === 'Deployment')
    expect(deployment?.props).toMatchObject({ state: 'succeeded', version: '4.7.1', environment: 'production' })
    expect(to(deployment, 'runsIn')).toEqual(['production'])
    expect(to(find(claims, 'Person', 'dana@northwind.example'), 'memberOf')).toEqual(['identity'])
  })

  test('goes on from any cursor, in another process too, with the same outcome', async () => {
    const pages = await pagesOf(source)
    const whole = keys(pages.flatMap(({ claims }) => claims))
    expect(pages.length).toBe(6)
    for (const [index, { cursor }] of pages.slice(0, -1).entries()) {
      const rest = await pagesOf(gitHub.create(), JSON.parse(JSON.stringify(cursor)) as Json)
      const told = pages.slice(0, index + 1).flatMap(({ claims }) => claims)
      expect(keys([...told, ...rest.flatMap(({ claims }) => claims)])).toEqual(whole)
      expect(rest.at(-1)?.watermark).toEqual(pages.at(-1)?.watermark)
    }
    expect(pages.at(-1)?.watermark).toEqual({ pushed: '2026-11-20T08:00:00.000Z' })
    expect(pages.map(({ progress }) => progress?.done)).toEqual([0, 1, 2, 3, 4, 4])
  })

  test('costs nothing of the quota where nothing has changed', async () => {
    await readWhole(source, signal())
    answered.length = 0
    await readWhole(source, signal())
    // What is absent has no ETag: the dependency graph that is off.
    const paid = answered.filter(({ status }) => status !== 304)
    expect(paid).toEqual([{ path: '/repos/northwind/web/dependency-graph/sbom', status: 404 }])
  })
})

describe('what cannot be read', () => {
  const gapsOf = (pages: readonly SweepPage[]) => pages.flatMap(({ gaps = [] }) => gaps)

  test('a feature that is off is said once, at the end, with what to do', async () => {
    const gaps = gapsOf(await pagesOf(source))
    expect(gaps).toEqual([
      {
        reason:
          'The dependency graph of web cannot be read: turn it on in its settings under Advanced Security to see what it is built from.',
      },
    ])
  })

  test('a permission that is missing is said once, and what is known of it stays', async () => {
    changeInstallation(server, 'dana', { permissions: { deployments: 'none' } })
    const [gap, ...others] = gapsOf(await pagesOf(source)).filter(({ keeps }) => keeps)
    expect(others).toEqual([])
    expect(gap).toEqual({
      reason:
        'Nexus\'s GitHub App may not read deployments: give it the permission "Deployments: read" in the app\'s settings, and accept it in northwind.',
      keeps: { kinds: ['Deployment'], prefix: '' },
    })
    expect(answered.filter(({ path }) => path.endsWith('/deployments'))).toHaveLength(1)
  })

  test.each([403, 404, 410, 451])('a repository that answers %d is a gap, and the others are read', async (status) => {
    served.services.faults.add({ target: 'github/repos/northwind/auth-api/contents', status })
    const pages = await pagesOf(source)
    const claims = pages.flatMap((page) => page.claims)
    expect(find(claims, 'Repository', 'github/northwind/auth-api')).toBeUndefined()
    expect(find(claims, 'Repository', 'github/northwind/web')).toBeDefined()
    expect(gapsOf(pages)[0]).toMatchObject({
      reason: expect.stringContaining('northwind/auth-api'),
      keeps: { prefix: 'github/northwind/auth-api' },
    })
  })

  test('GitHub that fails in the middle ends the sweep with a plain reason; it goes on from the last cursor', async () => {
    served.services.faults.add({ target: 'github/repos/northwind/auth-api/contents', status: 502 })
    const pages: SweepPage[] = []
    const reading = async () => {
      for await (const page of source.sweep(undefined, signal())) pages.push(page)
    }
    await expect(reading()).rejects.toMatchObject({ code: 'Unavailable', message: 'GitHub does not answer.' })
    expect(pages).toHaveLength(2)
    served.services.faults.clear()
    const rest = await pagesOf(source, pages.at(-1)!.cursor)
    expect(
      find(
        rest.flatMap(({ claims }) => claims),
        'Repository',
        'github/northwind/auth-api',
      ),
    ).toBeDefined()
  })

  test('a secondary limit is waited for', async () => {
    served.services.faults.add({ target: 'github-secondary/installation/repositories', status: 403, count: 1 })
    const begun = performance.now()
    expect((await pagesOf(source)).length).toBe(6)
    expect(performance.now() - begun).toBeGreaterThan(900)
  })

  test('a limit that lasts longer is said with how long, and nothing is asked meanwhile', async () => {
    served.services.faults.add({ target: 'github-secondary/installation/repositories', status: 403, retryAfter: 120 })
    await expect(pagesOf(source)).rejects.toMatchObject({
      ...{ code: 'Unavailable', message: 'GitHub asks Nexus to slow down.', retryAfterMs: 120_000 },
    })
    expect(answered.filter(({ status }) => status === 403)).toHaveLength(1)
  })
})

describe('reading anew', () => {
  const reread = (kind: string, id: string) => source.reread!([{ kind, id }], signal())

  test('gives what a sweep gives of the same', async () => {
    const claims = await readWhole(source, signal())
    for (const claim of claims.filter((one) => partsOf(one) && one.props.archived !== true)) {
      const { claims: told, gone } = await reread(claim.kind, claim.id)
      expect(gone).toEqual([])
      expect(find(told, claim.kind, claim.id)).toEqual(claim)
    }
  })

  test('what is not there any more is gone, and what another organisation has is passed over', async () => {
    server.all[0]!.pulls[0]!.state = 'closed'
    const refs = ['#7', '#99', '/runs/1', '/workflows/none.yml', '/deployments/1'].map(
      (rest) => `github/northwind/auth-api${rest}`,
    )
    const kinds = ['PullRequest', 'PullRequest', 'Run', 'Pipeline', 'Deployment']
    const asked = refs.map((id, index) => ({ kind: kinds[index]!, id }))
    const elsewhere = { kind: 'Repository', id: 'github/contoso/auth-api' }
    const unknown = { kind: 'Repository', id: 'github/northwind/none' }
    const read = await source.reread!([...asked, elsewhere, unknown], signal())
    expect(read).toEqual({ claims: [], gone: [...asked, unknown] })
  })

  test('a person by their GitHub name, a team with everybody in it, a team that is gone', async () => {
    const refs = [loginRef('sam-nw'), { kind: 'Team', id: 'identity' }, { kind: 'Team', id: 'none' }]
    const { claims, gone } = await source.reread!(refs, signal())
    expect(keys(claims)).toEqual(expect.arrayContaining(['Person/dana@northwind.example', 'Team/identity']))
    expect(gone).toEqual([{ kind: 'Team', id: 'none' }])
  })

  test('a delta tells what was pushed since, and the pull requests that were closed', async () => {
    await readWhole(source, signal())
    expect(await source.delta!({ pushed: '2026-12-01T00:00:00.000Z' }, signal())).toEqual({
      ...{ claims: [], gone: [], watermark: { pushed: '2026-12-01T00:00:00.000Z' } },
    })
    const [pull] = server.all[0]!.pulls
    Object.assign(pull!, { state: 'closed', updated: Date.parse('2026-11-21T01:00:00.000Z') })
    const delta = await source.delta!({ pushed: '2026-10-31T00:00:00.000Z' }, signal())
    expect(delta?.gone).toEqual([{ kind: 'PullRequest', id: 'github/northwind/auth-api#7' }])
    expect(find(delta!.claims, 'Repository', 'github/northwind/auth-api')?.props.openPulls).toBe(0)
    expect(await source.delta!('nonsense', signal())).toBeUndefined()
  })
})
