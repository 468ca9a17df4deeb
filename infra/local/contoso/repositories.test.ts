import { expect, test } from '@jest/globals'
import { parse, parseAllDocuments } from 'yaml'
import { loadOrganisation } from '../organisation/load-organisation.js'

const start = new Date('2026-11-19T02:20:00Z')
const { repositories, services, teams, people, pipelines, channels } = await loadOrganisation(
  'infra/local/contoso',
  start,
)
const repository = (name: string) => repositories.find((each) => each.name === name)!
const github = repositories.filter(({ host }) => host === 'github')
const lacking = (file: string) =>
  github.filter(({ files }) => !Object.keys(files).some((path) => path.endsWith(file))).map(({ name }) => name)

interface Component {
  kind: string
  metadata: { name: string }
  spec: { owner: string; dependsOn?: string[] }
}
const components = repositories.flatMap(({ files }) =>
  parseAllDocuments(files['catalog-info.yaml'] ?? '').map((document) => document.toJS() as Component),
)

test('most are on GitHub, and a few lack what the others have', () => {
  expect(github).toHaveLength(16)
  expect(repositories.filter(({ files }) => !files['README.md'])).toEqual([])
  expect(lacking('catalog-info.yaml')).toEqual(['mobile-app', 'design-system', 'gift-cards-api'])
  expect(lacking('CODEOWNERS')).toEqual(['design-system', 'gift-cards-api'])
  expect(repositories.filter(({ archived }) => archived).map(({ name }) => name)).toEqual(['orders-legacy'])
})

test('alerts were found, and packages published, before the organisation is first started', () => {
  const moments = github.flatMap(({ alerts = [], packages = [] }) => [...alerts, ...packages].map(({ at }) => at))
  expect(moments.length).toBeGreaterThan(5)
  for (const at of moments) expect(Date.parse(at)).toBeLessThan(start.getTime())
})

test('catalog-info.yaml agrees with the services, but for one owner', () => {
  const disputed: string[] = []
  for (const { kind, metadata, spec } of components) {
    expect(['Component', 'Resource', 'API']).toContain(kind)
    const owner = spec.owner.replace('group:', '')
    expect(teams.map(({ id }) => id)).toContain(owner)
    const service = services.find(({ id }) => id === metadata.name)
    if (service && service.team !== owner) disputed.push(service.id)
    if (service && kind === 'Component')
      expect([service.id, (spec.dependsOn ?? []).map((each) => each.split(':')[1]!).sort()]).toEqual([
        service.id,
        [...service.dependsOn].sort(),
      ])
  }
  expect(disputed).toEqual(['notifications-worker'])
  const described = new Set(components.map(({ metadata }) => metadata.name))
  expect(services.filter(({ id }) => !described.has(id)).map(({ id }) => id)).toEqual(['ledger-db', 'gift-cards-api'])
})

test('code owners are teams and people of ours, but for a team that was dissolved', () => {
  const owners = repositories.flatMap(({ files }) =>
    Object.entries(files)
      .filter(([path]) => path.endsWith('CODEOWNERS'))
      .flatMap(([, text]) => [...text.matchAll(/@(\S+)/g)].map(([, owner]) => owner!)),
  )
  const known = [...teams.map(({ id }) => `contoso/${id}`), ...people.map(({ github: login }) => login)]
  expect(new Set(owners.filter((owner) => !known.includes(owner)))).toEqual(new Set(['contoso/growth']))
})

test('a workflow that may be started by hand says what it asks', () => {
  const started = repositories.flatMap(({ workflows, files }) =>
    workflows.map(({ path, dispatch }) => {
      const { on } = parse(files[path]!) as { on: { workflow_dispatch?: { inputs: object } } }
      expect(Boolean(on.workflow_dispatch)).toBe(dispatch)
      return dispatch ? Object.keys(on.workflow_dispatch!.inputs) : []
    }),
  )
  expect(started.filter((inputs) => inputs.includes('environment')).length).toBeGreaterThanOrEqual(6)
  expect(JSON.parse(repository('web').files['package.json']!)).toMatchObject({ version: '12.4.0-rc.2' })
})

test('pull requests wait for particular people', () => {
  const open = repositories.flatMap(({ name, pulls }) =>
    pulls.filter(({ state }) => state === 'open').map((pull) => ({ ...pull, name })),
  )
  for (const { by, reviewers, opened, updated } of open) {
    expect(reviewers).not.toContain(by)
    expect(!updated || opened < updated).toBe(true)
  }
  const waiting = open.filter(({ reviewers, draft }) => reviewers.includes('dana') && !draft)
  expect(waiting.map(({ name, number }) => `${name} ${number}`)).toEqual(['auth-api 338', 'payments-api 482'])
  expect(waiting.find(({ number }) => number === 482)).toMatchObject({ title: 'Retry budget', checks: 'success' })
  expect(open.filter(({ draft }) => draft).length).toBeGreaterThanOrEqual(4)
  expect(open.filter(({ checks }) => checks === 'failure').length).toBeGreaterThanOrEqual(4)
  const oldest = open.map(({ opened }) => opened).sort()[0]!
  expect((start.getTime() - Date.parse(oldest)) / 86_400_000).toBeGreaterThan(30)
})

test('nothing of the future has happened yet', () => {
  const past = [
    ...repositories.flatMap(({ commits, workflows }) => [...commits, ...workflows.flatMap(({ runs }) => runs)]),
  ]
  for (const { at } of [...past, ...pipelines.flatMap(({ runs }) => runs)]) expect(at <= start.toISOString()).toBe(true)
})

test('runbooks are where the services say, and know the services they are for', () => {
  const { files } = repository('nexus-settings')
  const runbooks = Object.entries(files).filter(([path]) => path.startsWith('runbooks/'))
  expect(runbooks).toHaveLength(10)
  const home = 'https://github.com/contoso/nexus-settings/blob/main/'
  for (const { runbook } of services) if (runbook) expect(Object.keys(files)).toContain(runbook.replace(home, ''))
  for (const [path, text] of runbooks) {
    const [, head, body] = /^---\n([^]*?)---\n([^]*)$/.exec(text)!
    const { title, services: about } = parse(head!) as { title: string; services: string[] }
    expect([path, body!.startsWith(`# ${title}\n`), body!.includes('## Do')]).toEqual([path, true, true])
    for (const id of about) expect(services.map((each) => each.id)).toContain(id)
  }
})

test('the settings are for channels that exist', () => {
  const { files } = repository('nexus-settings')
  const audiences = parse(files['audiences.yaml']!) as { channels: object }
  const places = [...channels, ...teams.flatMap((team) => team.channels)].map(({ id }) => id)
  // The organisation's own team is called by its name, as every team is.
  for (const channel of Object.keys(audiences.channels)) expect([...places, 'contoso']).toContain(channel)
  expect(parse(files['policies/approvals.yaml']!)).toMatchObject({ rules: expect.any(Array) })
  expect(parse(files['policies/hours.yaml']!)).toMatchObject({ hours: expect.any(Array), freezes: expect.any(Array) })
})
