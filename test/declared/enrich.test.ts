import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { declarationsPort } from '../../bot/providers/declared/declarations-port.js'
import { declaredSource } from '../../bot/providers/declared/declared-source.js'
import { connectGitHub } from '../../bot/providers/github/github-client.js'
import { gitHubCodeHost } from '../../bot/providers/github/github-code-host.js'
import { gitHubPullFiles } from '../../bot/providers/github/pull-files.js'
import { CatalogIndex } from '../../bot/store/read-model/catalog-index.js'
import { catalogPort } from '../../bot/store/read-model/catalog-port.js'
import { githubApp } from '../../infra/local/github/app.js'
import { gitHub } from '../../infra/local/github/github.js'
import { smallOrganisation, team } from '../../infra/local/testing/small-organisation.js'
import { startVendors, type Started } from '../../infra/local/testing/start-vendors.js'
import { planEnrichment, stepEnrichment, type EnrichArgs } from '../../skills/catalog/enrich-entity.js'
import { planRetraction, stepRetraction } from '../../skills/catalog/retract-enrichment.js'
import { readWhole } from '../../skills/kit/catalog-source.js'
import type { Declarations } from '../../skills/kit/declarations.js'
import { repositoryRef, resourceRef } from '../../skills/kit/entity-ids.js'
import { unavailable } from '../../skills/kit/errors.js'
import type { Claim, Entity } from '../../skills/kit/model.js'
import type { Plan } from '../../skills/kit/plan.js'
import type { StepTurn, Turn } from '../../skills/kit/ports.js'

const info = `# Ours.
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: basket # the short name
spec: { type: service, lifecycle: production, owner: shop }
`
const repository = (name: string, files: Record<string, string>) => ({
  ...{ name, host: 'github' as const, description: '', topics: [], private: true, archived: false },
  ...{ team: 'shop', commits: [], pulls: [], workflows: [], files },
})
const org = smallOrganisation({
  teams: [team('shop', 'Shop', 'ada'), team('atlas', 'Atlas', 'ada')],
  repositories: [
    repository('basket', { 'catalog-info.yaml': info }),
    repository('plain', { 'README.md': 'x' }),
    repository('settings', { 'README.md': 'x' }),
  ],
})
const owner = org.github.organisation
const now = '2026-11-21T08:00:00.000Z'
const storage = resourceRef('/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/st123')

let served: Started
let app: Parameters<typeof connectGitHub>[0]
let declarations: Declarations
let index: CatalogIndex

const put = (source: string, claim: Claim) => {
  const { kind, id, name, aliases = [], props, relations = [] } = claim
  const [held] = index.held([claim]).values()
  index.put({ kind, id, claims: { ...held?.record.claims, [source]: { name, aliases, props, relations, at: now } } })
}
/** Reads what the repositories declare into the catalog. */
async function sync(): Promise<void> {
  const source = declaredSource({
    ...{ hosts: [gitHubCodeHost(app)], live: index, ownKinds: () => [] },
    settings: repositoryRef('github', `${owner}/settings`),
  })
  for (const claim of await readWhole(source, AbortSignal.timeout(10_000))) put('declared', claim)
}

beforeEach(async () => {
  served = await startVendors({ org, now, vendors: [gitHub] })
  const { appId, privateKey } = githubApp(served.services)
  app = { endpoint: `${served.base}/github`, organisation: owner, appId: String(appId), privateKey }
  declarations = declarationsPort(gitHubPullFiles(app), repositoryRef('github', `${owner}/settings`))
  index = new CatalogIndex('t')
  for (const name of ['basket', 'plain', 'settings'])
    put('github', { ...repositoryRef('github', `${owner}/${name}`), name, props: {} })
  for (const id of ['shop', 'atlas'])
    put('entra', { kind: 'Team', id, name: id === 'shop' ? 'Shop' : 'Atlas', props: {} })
  put('azure', { ...storage, name: 'st123', props: { type: 'microsoft.storage/storageaccounts' } })
  put('github', {
    ...{ kind: 'Service', id: 'plain', name: 'plain', props: {} },
    relations: [{ type: 'builtFrom', to: repositoryRef('github', `${owner}/plain`) }],
  })
  await sync()
})
afterEach(async () => {
  index.close()
  await served.close()
})

const turn = (): Turn<'catalog' | 'declarations'> =>
  ({ catalog: catalogPort(index, () => [], { now: () => now }), declarations, now }) as unknown as Turn<
    'catalog' | 'declarations'
  >
const stepTurn = (over: Partial<StepTurn<'catalog' | 'declarations'>> = {}) =>
  ({ ...turn(), attempt: (send: (id: string) => unknown) => send('1'), ...over }) as unknown as StepTurn<
    'catalog' | 'declarations'
  >
const entity = (kind: string, id: string): Entity => index.get({ kind, id })!
const plan = (kind: string, id: string, property: EnrichArgs['property'], value: string): Promise<Plan> =>
  planEnrichment({ entity: entity(kind, id), property, value }, turn())
const merge = async (repo: string, number: number) => {
  const octokit = await connectGitHub(app)
  await octokit.rest.pulls.merge({ owner, repo, pull_number: number })
}

test('a property is proposed in the file that declares it, and holds when it is merged', async () => {
  const planned = await plan('Service', 'basket', 'runbook', 'https://wiki.example/basket')
  expect(planned).toMatchObject({
    ...{ title: 'Change runbook of basket', risk: 'low', team: 'shop' },
    ...{ before: { Runbook: 'not said' }, after: { Runbook: 'https://wiki.example/basket' } },
    requests: [
      expect.stringMatching(/catalog-info\.yaml on branch nexus\/basket-runbook-[0-9a-f]{8}$/),
      '+   annotations:',
      '+     nexus/runbook: https://wiki.example/basket',
    ],
  })
  // Planning sends nothing, and is the same again.
  expect(await plan('Service', 'basket', 'runbook', 'https://wiki.example/basket')).toEqual(planned)
  const step = await stepEnrichment(planned, undefined, stepTurn())
  expect(step).toMatchObject({
    done: { 'Pull request': { name: `${owner.toLowerCase()}/basket#1`, url: expect.stringContaining('/pull/1') } },
  })
  // What was sent is not sent twice.
  expect(await stepEnrichment(planned, undefined, stepTurn())).toMatchObject({ done: (step as { done: object }).done })
  await merge('basket', 1)
  await sync()
  expect(entity('Service', 'basket').props['runbook']).toBe('https://wiki.example/basket')
  const [octokit, at] = [await connectGitHub(app), { owner, repo: 'basket', path: 'catalog-info.yaml' }]
  const { data } = await octokit.rest.repos.getContent(at)
  expect(Buffer.from('content' in data ? data.content : '', 'base64').toString('utf8')).toBe(
    info.replace(
      '# the short name\n',
      '# the short name\n  annotations:\n    nexus/runbook: https://wiki.example/basket\n',
    ),
  )
})

test('a service without a file gets one in its repository, a resource in the settings', async () => {
  const made = await plan('Service', 'plain', 'owner', 'Atlas')
  expect(made.requests[0]).toContain('plain: catalog-info.yaml on branch')
  await stepEnrichment(made, undefined, stepTurn())
  await merge('plain', 1)
  const placed = await plan('Resource', storage.id, 'owner', 'atlas')
  expect(placed).toMatchObject({ after: { Owner: 'Atlas' }, binds: { 'catalog/st123.yaml': 'not there yet' } })
  await stepEnrichment(placed, undefined, stepTurn())
  await merge('settings', 1)
  await sync()
  const owners = async (kind: string, id: string) =>
    (await turn().catalog.related({ kind, id }, { type: 'ownedBy', direction: 'out' })).map((one) => [
      one.entity.id,
      one.relation.why,
    ])
  expect(await owners('Service', 'plain')).toEqual([['atlas', 'catalog-info.yaml']])
  expect(await owners('Resource', storage.id)).toEqual([['atlas', 'catalog-info.yaml']])
  // Said again it is found where it was put.
  await expect(plan('Resource', storage.id, 'owner', 'atlas')).rejects.toThrow(
    /catalog\/st123\.yaml of .* says so already/,
  )
})

test('the way back closes the pull request, once', async () => {
  const planned = await plan('Service', 'basket', 'tier', 'HIGH')
  expect(planned.after).toEqual({ Tier: 'high' })
  await stepEnrichment(planned, undefined, stepTurn())
  const { branch } = (planned.undo as unknown as { args: { branch: string } }).args
  const repository = entity('Repository', `github/${owner.toLowerCase()}/basket`)
  const back = await planRetraction({ repository, branch }, turn())
  expect(await stepRetraction(back, undefined, stepTurn())).toMatchObject({ done: { 'Pull request': 'closed' } })
  expect(await declarations.find(repository, branch)).toMatchObject({ state: 'closed' })
  await expect(planRetraction({ repository, branch }, turn())).rejects.toThrow(/is closed already/)
  await expect(planRetraction({ repository, branch: 'main' }, turn())).rejects.toThrow(/no branch of Nexus's own/)
  await expect(planRetraction({ repository, branch: 'nexus/none' }, turn())).rejects.toThrow(/no pull request/)
})

test('what got no answer is looked for, and never sent again blindly', async () => {
  const planned = await plan('Service', 'basket', 'language', 'Kotlin')
  const unanswered = { id: '1', sent: now, answered: undefined } as never
  const lost = await stepEnrichment(planned, undefined, stepTurn({ unanswered }))
  expect(lost).toMatchObject({ next: '2026-11-21T08:00:30.000Z' })
  const later = stepTurn({ unanswered, now: '2026-11-21T08:01:00.000Z' })
  expect(await stepEnrichment(planned, undefined, later)).toMatchObject({
    failed: { message: expect.stringContaining('no pull request is there') },
  })
  await stepEnrichment(planned, undefined, stepTurn())
  expect(await stepEnrichment(planned, undefined, later)).toMatchObject({
    done: { 'Pull request': { name: expect.stringContaining('#1') } },
  })
})

test('a file that moved since the approval is not changed, and a silent GitHub is no end', async () => {
  const planned = await plan('Service', 'basket', 'data', 'internal')
  const other = await plan('Service', 'basket', 'tier', 'low')
  await stepEnrichment(other, undefined, stepTurn())
  await merge('basket', 1)
  expect(await stepEnrichment(planned, undefined, stepTurn())).toMatchObject({
    failed: { message: expect.stringContaining('is another by now') },
  })
  const silent: Declarations = {
    ...declarations,
    propose: () => Promise.reject(unavailable('GitHub does not answer.')),
  }
  await expect(stepEnrichment(planned, undefined, stepTurn({ declarations: silent }))).rejects.toThrow(
    'GitHub does not answer.',
  )
})

test.each<[string, string, EnrichArgs['property'], string, RegExp]>([
  ['Service', 'basket', 'tier', 'huge', /huge is no tier/],
  ['Service', 'basket', 'runbook', 'javascript:alert(1)', /is no address of a runbook/],
  ['Service', 'basket', 'owner', 'nobody', /No team is called nobody/],
  ['Resource', storage.id, 'runbook', 'https://x.example', /cannot say the runbook of st123/],
  ['Service', 'basket', 'owner', 'Shop', /.*/],
])('%s %s, %s %s: what cannot be said is refused with what may', async (kind, id, property, value, said) => {
  if (value === 'Shop') expect((await plan(kind, id, property, value)).before).toEqual({ Owner: 'shop' })
  else await expect(plan(kind, id, property, value)).rejects.toThrow(said)
})
