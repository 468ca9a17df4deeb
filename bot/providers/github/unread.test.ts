import { afterEach, describe, expect, test } from '@jest/globals'
import { changeInstallation } from '../../../infra/local/github/site/installation.js'
import { features } from './unread.js'
import {
  catalogInfo,
  find,
  keys,
  pagesOf,
  readAll,
  repository,
  serveGitHub,
  type ServedGitHub,
} from './testing/served-github.js'

let gitHub: ServedGitHub
const serve = async (...given: Parameters<typeof serveGitHub>) => (gitHub = await serveGitHub(...given))
const named = (name: string) => gitHub.server.all.find((one) => one.name === name)!
const declaring = (name: string, service: string) =>
  repository(name, { files: { 'catalog-info.yaml': catalogInfo(service) } })
afterEach(() => gitHub.served.close())

describe('what the app may', () => {
  const whole = repository('auth', {
    files: { 'catalog-info.yaml': catalogInfo('auth'), CODEOWNERS: '* @northwind/identity\n' },
    pulls: [
      {
        ...{ number: 7, title: 'Retry', by: 'lee', reviewers: [], opened: '2026-11-20T08:00:00.000Z', body: '' },
        ...{ branch: 'retry', draft: false, state: 'open' as const, checks: 'success' as const },
      },
    ],
    dependencies: [{ ecosystem: 'npm', name: 'left', version: '1.0.0' }],
    security: ['dependabot', 'code', 'secret'],
  })
  test.each([
    ...(['contents', 'pull_requests', 'checks', 'actions', 'deployments', 'packages', 'vulnerability_alerts'] as const),
    ...(['security_events', 'secret_scanning_alerts', 'members'] as const),
  ])('without %s it says so, tells the rest, and lets what is unread stay', async (permission) => {
    const { source, server } = await serve([whole, declaring('web', 'web')])
    const before = keys((await readAll(source)).claims)
    changeInstallation(server, 'dana', { permissions: { [permission]: 'none' } })
    const pages = await pagesOf(gitHub.create())
    const gaps = pages.flatMap((page) => page.gaps ?? [])
    const said = [...new Set(gaps.map(({ reason }) => reason))]
    expect(said.length).toBe(gaps.length)
    expect(said.length).toBeGreaterThan(0)
    for (const reason of said)
      expect(reason).toMatch(/^Nexus's GitHub App may not read [a-z ]+: give it the permission "/i)
    const kept = new Set(gaps.flatMap(({ keeps }) => keeps?.kinds ?? []))
    const lost = before.filter((key) => !keys(pages.flatMap(({ claims }) => claims)).includes(key))
    expect(lost.filter((key) => !kept.has(key.split('/')[0]!))).toEqual([])
  })

  test('what it was not given it does not tell, and a suspended app says that it is refused', async () => {
    const { source, server } = await serve([declaring('a', 'a'), declaring('b', 'b')])
    changeInstallation(server, 'dana', { repositories: [named('a')] })
    expect(keys((await readAll(source)).claims).filter((key) => /^(Repo|Serv)/.test(key))).toEqual([
      ...['Repository/github/northwind/a', 'Service/a'],
    ])
    changeInstallation(server, 'dana', { suspended: true })
    for (const message of ["GitHub refuses Nexus's app.", "Nexus's GitHub App is suspended in northwind."])
      await expect(pagesOf(source)).rejects.toMatchObject({ code: 'Unavailable', message })
    changeInstallation(server, 'dana', { suspended: false, repositories: 'all' })
    expect(find((await readAll(source)).claims, 'Service', 'b')).toBeDefined()
  })

  test('every feature says which permission opens it', () => {
    for (const { permission } of Object.values(features)) expect(permission).toMatch(/^[A-Z][a-z ]+: read$/)
  })
})
