import type { Router, VendorRequest } from '../frame/router.js'
import { badArgument, collection, iso, page, Refusal } from './answers.js'
import { buildDocuments } from './build-documents.js'
import { progressOf } from './build.js'
import type { Server } from './server.js'
import type { Build } from './state.js'

const DAY = 86_400_000
/** The longest time between the two moments of a query (learn.microsoft.com, "Test Runs - Query"). */
const longestQuery = 7 * DAY
type Tested = Build & { tests: NonNullable<Build['tests']> }

/** Test runs that builds published, and the results in them. */
export function testOperations(router: Router, server: Server): void {
  const { definitionOf } = buildDocuments(server)
  const testedIn = (request: VendorRequest): Tested[] => {
    const project = server.projectIn(request).name
    return server.state.builds.filter(
      (build): build is Tested =>
        build.tests !== undefined &&
        definitionOf(build).project === project &&
        progressOf(build, server.now()).status === 'completed',
    )
  }
  const url = (build: Build) =>
    `${server.base}/${encodeURIComponent(definitionOf(build).project)}/_apis/test/Runs/${build.id * 2}`
  const runDocument = (build: Tested) => {
    const { passed, failed } = build.tests
    const { started, finished } = progressOf(build, server.now())
    const project = server.projectReference(definitionOf(build).project)
    const count = (outcome: string, count: number) => ({ state: 'Completed', outcome, count })
    return {
      ...{ id: build.id * 2, name: `Tests of ${build.number}`, url: url(build), isAutomated: true, state: 'Completed' },
      ...{ totalTests: passed + failed.length, passedTests: passed, incompleteTests: 0, notApplicableTests: 0 },
      ...{ unanalyzedTests: failed.length, revision: 3, project },
      ...{ startedDate: iso(started), completedDate: iso(finished), lastUpdatedDate: iso(finished) },
      build: { id: String(build.id), name: build.number, url: `vstfs:///Build/Build/${build.id}` },
      runStatistics: [count('Passed', passed), ...(failed.length ? [count('Failed', failed.length)] : [])],
    }
  }

  const list = (request: VendorRequest) => {
    const { builduri, minlastupdateddate: from, maxlastupdateddate: to, buildids } = request.query
    if (from === undefined && to === undefined) {
      const wanted = testedIn(request).filter((build) => !builduri || `vstfs:///Build/Build/${build.id}` === builduri)
      return page(request, wanted, runDocument)
    }
    const [least, most] = [Date.parse(from ?? ''), Date.parse(to ?? '')]
    if (Number.isNaN(least) || Number.isNaN(most) || most < least)
      throw badArgument(Number.isNaN(least) ? 'minLastUpdatedDate' : 'maxLastUpdatedDate', 'The value is not valid')
    if (most - least > longestQuery)
      throw badArgument('maxLastUpdatedDate', 'The difference between the dates can be at most 7 days')
    const ids = buildids?.split(',')
    const wanted = testedIn(request).filter((build) => {
      const { finished } = progressOf(build, server.now())
      return finished >= least && finished <= most && (!ids || ids.includes(String(build.id)))
    })
    return page(request, wanted, runDocument)
  }

  router.get('/{project}/_apis/test/runs', list).get('/{project}/_apis/test/runs/{run}/results', (request) => {
    const build = testedIn(request).find(({ id }) => String(id * 2) === request.params.run)
    if (!build)
      throw new Refusal(404, 'TestObjectNotFoundException', `Test run ${request.params.run} could not be found.`)
    const { passed, failed } = build.tests
    const results = [
      ...failed.map((name) => ({ name, outcome: 'Failed' })),
      ...Array.from({ length: passed }, (_, index) => ({ name: `Passes.Test${index + 1}`, outcome: 'Passed' })),
    ].map(({ name, outcome }, index) => ({
      ...{ id: 100_000 + index, outcome, testCaseTitle: name.split('.').at(-1)!, automatedTestName: name },
      ...{ state: 'Completed', testRun: { id: String(build.id * 2) }, priority: 0, durationInMs: 12 },
      url: `${url(build)}/results/${100_000 + index}`,
    }))
    const outcomes = request.query.outcomes?.toLowerCase().split(',')
    const wanted = results.filter(({ outcome }) => !outcomes || outcomes.includes(outcome.toLowerCase()))
    return wanted.length ? page(request, wanted, (result) => result, 1_000) : collection([])
  })
}
