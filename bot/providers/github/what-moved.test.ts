import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readGitHub } from './read-github.js'
import { whatMoved } from './what-moved.js'
import { refKey } from '../../../skills/kit/ref-key.js'

const repository = { full_name: 'Contoso/Auth-API', default_branch: 'main' }
const moved = (event: string, body: object) =>
  whatMoved(event, { repository, ...body }).reread.map(({ kind, id }) => `${kind} ${id}`)
const auth = 'github/contoso/auth-api'

test.each<[string, object, string[]]>([
  ['push', { ref: 'refs/heads/main' }, [`Repository ${auth}`]],
  ['push', { ref: 'refs/heads/other' }, []],
  ['pull_request', { action: 'synchronize', pull_request: { number: 7 } }, [`PullRequest ${auth}#7`]],
  ['pull_request', { action: 'closed', pull_request: { number: 7 } }, [`PullRequest ${auth}#7`, `Repository ${auth}`]],
  ['deployment_status', { deployment: { id: 12 }, deployment_status: {} }, [`Deployment ${auth}/deployments/12`]],
  [
    'workflow_run',
    { workflow_run: { id: 5 }, workflow: { path: '.github/workflows/ci.yml' } },
    [`Run ${auth}/runs/5`, `Pipeline ${auth}/workflows/ci.yml`],
  ],
  [
    'dependabot_alert',
    { alert: { dependency: { package: { ecosystem: 'pip', name: 'Ansible' } } } },
    [`Repository ${auth}`, 'Package pypi/ansible'],
  ],
  ['secret_scanning_alert', { alert: { number: 1 } }, [`Repository ${auth}`]],
  [
    'membership',
    { repository: undefined, action: 'added', team: { slug: 'identity' }, member: { login: 'Dana-C' } },
    ['Team identity', 'Person @dana-c'],
  ],
  [
    'team',
    {
      repository: undefined,
      action: 'edited',
      team: { slug: 'identity' },
      changes: { name: { from: 'Sign-in Team' } },
    },
    ['Team identity', 'Team sign-in'],
  ],
  [
    'repository',
    { action: 'renamed', changes: { repository: { name: { from: 'sign-in' } } } },
    [`Repository ${auth}`, 'Repository github/contoso/sign-in'],
  ],
  ['check_run', { check_run: { pull_requests: [{ number: 3 }] } }, [`PullRequest ${auth}#3`]],
  ['star', { action: 'created' }, []],
  ['constructor', {}, []],
])('%s %j → %j', (event, body, refs) => expect(moved(event, body)).toEqual(refs))

test('after what touches more than it names, everything is read', () => {
  expect(whatMoved('installation', { action: 'new_permissions_accepted' }).sweep).toMatch(/may read/)
  expect(whatMoved('repository', { action: 'transferred', repository }).sweep).toBeDefined()
  expect(whatMoved('repository', { action: 'publicized', repository }).sweep).toBeUndefined()
  expect(whatMoved('star', { action: 'created', repository })).toEqual({ reread: [] })
})

test('whatever comes, it answers, and names nothing twice', () => {
  const events = fc.constantFrom('push', 'pull_request', 'repository', 'team', 'membership', 'workflow_run', 'x')
  fc.assert(
    fc.property(events, fc.jsonValue(), (event, body) => {
      const { reread } = whatMoved(event, body)
      expect(new Set(reread.map(refKey)).size).toBe(reread.length)
    }),
  )
})

/** The bodies of its webhooks as GitHub publishes them. */
const published = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('@octokit/webhooks-examples'), 'utf8'),
) as { name: string; examples: Record<string, unknown>[] }[]
/** Events that move something; of each, every published body must name it. */
const known = [
  ...['pull_request', 'deployment', 'deployment_status', 'release', 'workflow_run', 'dependabot_alert'],
  ...['code_scanning_alert', 'repository', 'team', 'membership', 'installation', 'installation_repositories'],
]

test('every published body is read or passed over, and none is unreadable', () => {
  expect(published.length).toBeGreaterThan(50)
  for (const { name, examples } of published)
    for (const example of examples) {
      const { reread, sweep } = whatMoved(name, example)
      if (known.includes(name)) expect([name, example.action, reread.length > 0 || sweep !== undefined]).toContain(true)
      const delivery = { source: 'github', id: 'd', arrived: '2026-11-21T09:00:00.000Z', body: JSON.stringify(example) }
      expect(readGitHub({ ...delivery, headers: { 'x-github-event': name } }).state).not.toBe('unreadable')
    }
})
