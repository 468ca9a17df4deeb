import { path } from './azure-devops-client.js'
import { readSkipping, type Project, type Reading } from './reading.js'
import { features } from './unread.js'

/** How a build's tests ended. */
export interface TestSummary {
  passed: number
  failed: number
  /** Names of those that failed, at most a few. */
  failing: string[]
}

/** Failed tests that are named. */
const mostNamed = 20
/** Builds whose tests are remembered. */
const mostRemembered = 5_000

/** Reads how builds' tests ended, each once: what a finished build published stays as it is. */
export class TestReader {
  readonly #known = new Map<string, TestSummary | null>()

  /** The tests of a finished build, all its runs together; undefined where it published none. */
  async read(reading: Reading, project: Project, build: string): Promise<TestSummary | undefined> {
    const key = `${project.id}/${build}`
    const known = this.#known.get(key)
    if (known !== undefined) return known ?? undefined
    const summary = await readTests(reading, project, build)
    if (summary === 'closed') return undefined
    this.#known.set(key, summary ?? null)
    if (this.#known.size > mostRemembered) this.#known.delete(this.#known.keys().next().value!)
    return summary
  }
}

async function readTests(
  { client, signal, unread }: Reading,
  project: Project,
  build: string,
): Promise<TestSummary | undefined | 'closed'> {
  const query = { buildUri: `vstfs:///Build/Build/${build}`, includeRunDetails: true }
  const runs = await unread.try(features.tests, project.name, () =>
    readSkipping((paging) => client.get(path`${project.id}/_apis/test/runs`, { ...query, ...paging }, signal)),
  )
  if (!runs) return 'closed'
  if (runs.length === 0) return undefined
  const summary: TestSummary = { passed: 0, failed: 0, failing: [] }
  for (const run of runs) {
    const failed = run
      .objects('runStatistics')
      .filter((one) => one.text('outcome')?.toLowerCase() === 'failed')
      .reduce((sum, one) => sum + (Number(one.text('count')) || 0), 0)
    summary.passed += Number(run.text('passedTests')) || 0
    summary.failed += failed
    const id = run.text('id')
    if (!failed || !id || summary.failing.length >= mostNamed) continue
    const results = await unread.try(features.tests, project.name, () =>
      client.get(path`${project.id}/_apis/test/runs/${id}/results`, { outcomes: 'Failed', $top: mostNamed }, signal),
    )
    const names = (results?.items ?? []).flatMap(
      (one) => one.text('automatedTestName') ?? one.text('testCaseTitle') ?? [],
    )
    summary.failing = [...new Set([...summary.failing, ...names])].slice(0, mostNamed)
  }
  return summary
}
