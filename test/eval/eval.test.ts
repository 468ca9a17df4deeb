import { beforeAll, describe, expect, test } from '@jest/globals'
import { join } from 'node:path'
import { discoverSkills } from '../../bot/discover-skills.js'
import { loadOrganisation } from '../../infra/local/organisation/load-organisation.js'
import { projectRoot } from '../../infra/local/project-root.js'
import { caseOf, readCases, type EvalCase } from './eval-case.js'
import { openEvalHouse, saidAt, type EvalHouse } from './eval-house.js'
import { fallenBelow, readFloors } from './floors.js'
import { judge, type Verdict } from './judge.js'
import { readCaseFiles } from './read-case-files.js'
import { sayFallen, sayReport } from './say-report.js'
import { scoreOf } from './score.js'

let house: EvalHouse
beforeAll(async () => {
  house = openEvalHouse(await discoverSkills(join(projectRoot(), 'skills')))
})

const verdictOf = (one: EvalCase): Verdict => judge(one, house.hear(one), house.commands, house)
const meant = (text: string, command: string, args: EvalCase['args']): EvalCase => ({
  ...{ text, command, voice: 'test', set: 'tune' },
  ...(args && { args }),
})

/** Every so many cases; `npm run eval` hears them all. */
const every = 12
/** How far a share of so few cases may be below its floor by chance, and those of which there are enough for that. */
const slack = 0.12
const enough = new Set(['readingRight', 'directlyOrAmongThree', 'unaskedProposals', 'unaskedNotes', 'wrongTargets'])

test('of a part of the cases no change is proposed that nobody asked for, and no share is far below its floor', () => {
  const verdicts = readCaseFiles(['test/language'])
    .filter((_, at) => at % every === 0)
    .map(verdictOf)
  const fallen = fallenBelow(verdicts, readFloors()).filter(
    ({ figure, is, floor }) => enough.has(figure) && (floor < 1 && floor > 0 ? is < floor - slack : is > floor),
  )
  expect(sayFallen(fallen)).toEqual([])
  expect(verdicts.filter(({ unasked }) => unasked)).toEqual([])
}, 120_000)

test('the names are those of the local organisation', async () => {
  const { services, teams } = await loadOrganisation(join(projectRoot(), 'infra', 'local', 'contoso'), new Date(saidAt))
  const known = new Set(house.names.map(({ kind, id }) => `${kind} ${id}`))
  const missing = [...services.map(({ id }) => `Service ${id}`), ...teams.map(({ id }) => `Team ${id}`)].filter(
    (one) => !known.has(one),
  )
  expect(missing).toEqual([])
})

describe('a case is judged', () => {
  test('right with its arguments', () => {
    const right = verdictOf(meant('who owns auth', 'catalog.owner', { entity: { kind: 'Service', id: 'auth-api' } }))
    expect(right).toMatchObject({ came: 'right', goesOn: true, args: { said: 1, given: 1, right: 1 } })
  })
  test('wrong where another command goes on', () => {
    const wrong = verdictOf(meant('who owns auth', 'catalog.show', {}))
    expect(wrong).toMatchObject({ came: 'wrong', got: 'catalog.owner', proposes: false })
  })
  test('a change that was not asked for, and one of another target, are counted', () => {
    const request = 'restart checkout in staging'
    const none = verdictOf({ text: request, command: null, kind: 'past', voice: 'test', set: 'tune' })
    expect(none).toMatchObject({ unasked: true })
    const other = verdictOf(meant(request, 'action.web-app.restart', { target: { kind: 'Service', id: 'auth-api' } }))
    expect(other).toMatchObject({ came: 'right', wrongTarget: true })
    expect(scoreOf([none, other])).toMatchObject({ unaskedProposals: 1, wrongTargets: 1, requestsReached: 0 })
  })
  test('what asks for nothing is refused', () => {
    const refused = verdictOf({ text: '🎉', command: null, kind: 'empty', voice: 'test', set: 'tune' })
    expect(refused).toMatchObject({ came: 'refused' })
    expect(sayReport([refused], readFloors())).toContain('set tune (tuned on it)')
  })
})

test('figures below their floors are said', () => {
  const verdict = verdictOf({ text: 'restart checkout', command: null, kind: 'wish', voice: 'test', set: 'tune' })
  expect(sayFallen(fallenBelow([verdict], readFloors()))).toContain(
    'tune: proposals nobody asked for is 1, and must be at most 0.',
  )
})

describe('cases', () => {
  test('are refused with file and line where they are none', () => {
    expect(() => readCases('{"text":"a"}', 'x.jsonl')).toThrow(/^x\.jsonl:1 is no case/)
    expect(() => readCases('\n{', 'x.jsonl')).toThrow(/^x\.jsonl:2 is no case/)
    expect(() => readCases('{"text":"a","command":null,"voice":"v","set":"tune"}', 'x')).toThrow(/says its kind/)
  })
  test('come of judged answers', () => {
    const understood = { command: 'catalog.owner', args: {} }
    expect(caseOf({ text: 'whose is it', thumb: 'down', understood })).toBeUndefined()
    expect(caseOf({ text: 'whose is it', thumb: 'up', understood })).toMatchObject({
      command: 'catalog.owner',
      set: 'tune',
    })
    const other = { command: 'on-call.show', args: {} }
    expect(caseOf({ text: 'whose is it', thumb: 'down', understood, meant: other })).toMatchObject(other)
    const none = caseOf({ text: 'well done', thumb: 'down', understood, meant: null })!
    expect(none).toMatchObject({ command: null, kind: 'out-of-scope' })
    expect(readCases(JSON.stringify(none), 'made')).toEqual([none])
  })
})
