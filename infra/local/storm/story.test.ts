import { describe, expect, test } from '@jest/globals'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadOrganisation } from '../organisation/load-organisation.js'
import { OrganisationError } from '../organisation/problem.js'
import { projectRoot } from '../project-root.js'
import { listStories, loadStory } from './load-story.js'
import { stepsOf } from './player.js'

const contoso = join(projectRoot(), 'infra', 'local', 'contoso')
const org = await loadOrganisation(contoso, new Date('2026-11-21T08:00:00Z'))

/** A story of Contoso in a folder of its own, with a piece of it replaced. */
async function problemsOf(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nexus-story-'))
  await mkdir(join(folder, 'storms'))
  await writeFile(join(folder, 'storms', 'small.yaml'), text)
  try {
    await loadStory(folder, 'small', org)
    return ''
  } catch (error) {
    if (!(error instanceof OrganisationError)) throw error
    return error.message.replaceAll(folder, '')
  } finally {
    await rm(folder, { recursive: true })
  }
}

const small = `title: Small
summary: One alert.
watch: incidents
alerts:
  slow: { kind: metric, rule: slow, severity: Sev2, on: auth-api-prd, metric: HttpResponseTime, threshold: 1, value: 3 }
acts:
  - { at: 1, fire: slow }
  - { at: 2, resolve: slow }
`

test('Contoso’s story is whole: about forty webhooks of alerts in a minute, all kinds, everything over at its end', async () => {
  expect(await listStories(contoso)).toEqual(['auth-deployment'])
  const story = await loadStory(contoso, 'auth-deployment', org)
  const steps = stepsOf(story)
  const webhooks = steps.filter((step) => step.do !== 'happen' && !('deploy' in step.act))
  const firing = webhooks.filter(({ act, at }) => 'fire' in act && at < 60)
  const inOneMinute = webhooks.filter(({ at }) => at >= 5 && at < 65)
  expect(inOneMinute.length).toBeGreaterThanOrEqual(38)
  expect(firing.length).toBeGreaterThanOrEqual(30)
  expect(steps.at(-1)!.at).toBeLessThanOrEqual(90)
  const kinds = new Set(Object.values(story.alerts).map(({ kind }) => kind))
  expect([...kinds].sort()).toEqual(['availability', 'dynamic', 'health', 'log', 'metric'])
  expect(webhooks.some((step) => step.do === 'deliver again')).toBe(true)
  const open = new Set<string>()
  for (const act of story.acts)
    if ('fire' in act) open.add(act.fire)
    else if ('resolve' in act) open.delete(act.resolve)
  expect([...open]).toEqual([])
})

test('a webhook that is late comes after what happened later', () => {
  const acts = [
    { at: 1, fire: 'a', late: 5 },
    { at: 3, resolve: 'a', late: 0, again: 1 },
  ]
  const steps = stepsOf({ title: '', summary: '', watch: '', alerts: {}, acts })
  expect(steps.map(({ at, act, do: what }) => [at, 'fire' in act ? 'fire' : 'resolve', what])).toEqual([
    [1, 'fire', 'happen'],
    [3, 'resolve', 'happen'],
    [3, 'resolve', 'deliver'],
    [4, 'resolve', 'deliver again'],
    [6, 'fire', 'deliver'],
  ])
})

describe('what is wrong in a story is said with its place', () => {
  test('nothing', async () => expect(await problemsOf(small)).toBe(''))
  test.each<[string, string | RegExp, string, RegExp]>([
    [
      'a resource',
      'auth-api-prd',
      'auth-api-prod',
      /small\.yaml:5:\d+: on: there is no resource "auth-api-prod"; did you mean/,
    ],
    [
      'an alert',
      'fire: slow',
      'fire: slaw',
      /small\.yaml:7:\d+: fire: there is no alert in this story "slaw"; did you mean "slow"\?/,
    ],
    ['a channel', 'watch: incidents', 'watch: incident', /small\.yaml:3:\d+: watch: there is no channel "incident"/],
    ['the order', 'at: 2', 'at: 0.5', /small\.yaml:8:\d+: at: acts stand in the order of time/],
    ['an alert that fires twice', 'resolve: slow', 'fire: slow', /small\.yaml:8:\d+: fire: slow fires already/],
    ['an end without a beginning', 'fire: slow', 'resolve: slow', /small\.yaml:7:\d+: resolve: slow is not firing/],
    ['a kind', 'kind: metric', 'kind: hunch', /small\.yaml:5/],
    ['a severity', 'Sev2', 'bad', /small\.yaml:5:\d+: .*severity is "bad": give one of "Sev0"/],
    ['nothing at all', /[^]*/, '', /small\.yaml/],
    ['no YAML', 'title: Small', 'title: [Small', /small\.yaml/],
  ])('%s', async (_what, from, to, said) => expect(await problemsOf(small.replace(from, to))).toMatch(said))
})
