import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Decision, Plan } from '../../../skills/kit/plan.js'
import type { Proposal, ProposalState, RunState, Stage } from '../../../skills/kit/proposal.js'
import { approvalsOf } from '../../../skills/kit/stages.js'
import { hasEnded, isOver, type Change, type Ruling } from './change.js'
import { decideExpiry } from './decide-expiry.js'
import { decideStart } from './decide-start.js'
import { begin, decideCancelled, decideStep, mayEndUnasked, unansweredOf, type StepOutcome } from './decide-step.js'
import { decideVote } from './decide-vote.js'
import { decideCancellation, decideWithdrawal } from './decide-withdrawal.js'

const start = Date.parse('2026-11-21T14:00:00.000Z')
const at = (minute: number) => new Date(start + minute * 60_000).toISOString()
const people = ['dana', 'lee', 'rafael', 'jonas', 'mei']
const actor = (id: string) => ({ id, objectId: id, name: id })
const allowed: Decision = { allowed: true, reason: 'yes' }
const refused: Decision = { allowed: false, reason: 'no' }

const plan: Plan = {
  target: { kind: 'Service', id: 'checkout' },
  title: 'Scale checkout to 5',
  consequence: 'Nobody notices.',
  args: { count: 5 },
  before: { Instances: 3 },
  after: { Instances: 5 },
  binds: { Instances: 3 },
  guards: [],
  undo: { impossible: 'it is a test' },
  risk: 'low',
  requests: [],
}

const proposalOf = (stages: Stage[]): Proposal => ({
  id: 'PR-1',
  by: actor('dana'),
  at: at(0),
  place: { kind: 'channel', id: 'c' },
  intent: { command: 'sample.scale', args: {} },
  plan,
  hash: 'as-approved',
  policy: { rule: 'test', version: '1' },
  stages,
  votes: [],
  expires: at(30),
  state: 'waiting',
})

/** Who fits which stage, as the directory says at the moment. */
type Permitted = Record<string, boolean[]>

type Event =
  | { do: 'vote'; by: string; verdict: 'approve' | 'reject'; reason?: string }
  | { do: 'withdraw' | 'cancel'; by: string }
  | { do: 'pass'; minutes: number }
  | { do: 'expire' | 'attempt' | 'crash' }
  | { do: 'start'; moved: boolean; guard: boolean; lost: boolean }
  | { do: 'step'; outcome: 'next' | 'done' | 'failed' | 'unknown' }

const person = fc.constantFrom(...people)
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('vote' as const),
      by: person,
      verdict: fc.constantFrom('approve', 'approve', 'approve', 'reject'),
      reason: fc.constantFrom('too late', ''),
    }),
  },
  fc.record({ do: fc.constantFrom('withdraw' as const, 'cancel' as const), by: person }),
  fc.record({ do: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ do: fc.constantFrom('expire' as const, 'attempt' as const, 'crash' as const) }),
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('start' as const), moved: rarely(), guard: rarely(), lost: rarely() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('step' as const),
      outcome: fc.constantFrom('next', 'done', 'failed', 'unknown'),
    }),
  },
)
function rarely(): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: 5 }).map((n) => n === 0)
}

const outcomes: Record<string, StepOutcome> = {
  next: { state: 1, progress: { text: 'on' }, next: at(1) },
  done: { state: 1, progress: { text: 'on' }, done: {} },
  failed: { state: 1, progress: { text: 'on' }, failed: { message: 'no' } },
  unknown: { state: 1, progress: { text: 'on' }, unknown: 'who knows' },
}

/** Two hubs' worth of wishes, one after the other, each decided on what the store holds: that is what etags make of any interleaving. */
function play(stages: Stage[], permitted: Permitted, events: readonly Event[]): Change[] {
  let change: Change = { proposal: proposalOf(stages) }
  let minute = 0
  const history = [change]
  const take = (ruling: Ruling) => void (ruling.allowed && (change = ruling.change))
  for (const one of events) {
    const now = at(minute)
    switch (one.do) {
      case 'pass':
        minute += one.minutes
        break
      case 'vote': {
        const stage = stages.findIndex(({ need }, index) => approvalsOf(change.proposal, index).length < need)
        take(
          decideVote(change, {
            by: actor(one.by),
            verdict: one.verdict,
            at: now,
            permitted: permitted[one.by]?.[stage] ? allowed : refused,
            ...(one.reason && { reason: one.reason }),
          }),
        )
        break
      }
      case 'withdraw':
        take(decideWithdrawal(change, { by: actor(one.by), at: now }))
        break
      case 'cancel':
        take(decideCancellation(change, { by: actor(one.by), at: now }, allowed))
        break
      case 'expire':
        change = decideExpiry(change, now)
        break
      case 'start':
        change = decideStart(change, {
          at: now,
          asker: allowed,
          admitted: allowed,
          approvers: change.proposal.votes.map(() => (one.lost ? refused : allowed)),
          fresh: {
            plan: { ...plan, binds: { Instances: one.moved ? 4 : 3 }, guards: one.guard ? [refused] : [] },
            hash: one.moved ? 'another' : 'as-approved',
            policyVersion: '1',
          },
        })
        break
      case 'attempt':
        if (change.run?.state === 'running')
          change = { ...change, run: begin(change.run, `a${change.run.attempts.length}`, now) }
        break
      case 'step':
        change = decideStep(change, outcomes[one.outcome]!, now)
        break
      case 'crash':
        // What is not in the store is forgotten; taking the run up again may end one that is to be cancelled.
        change = JSON.parse(JSON.stringify(change)) as Change
        if (change.run && mayEndUnasked(change.run)) change = decideCancelled(change, now)
    }
    history.push(change)
  }
  return history
}

const stagesArbitrary = fc
  .array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 2 })
  .map((needs) => needs.map((need): Stage => ({ who: { role: 'team-lead' }, need })))
const permittedArbitrary = fc.record(
  Object.fromEntries(
    people.map((id) => [id, fc.array(fc.constantFrom(true, true, false), { minLength: 2, maxLength: 2 })]),
  ),
) as fc.Arbitrary<Permitted>

const proposalRank: Record<ProposalState, number> = {
  waiting: 0,
  approved: 1,
  started: 2,
  rejected: 2,
  void: 2,
  expired: 2,
  withdrawn: 2,
}
const runRank: Record<RunState, number> = {
  queued: 0,
  running: 1,
  cancelling: 2,
  succeeded: 3,
  failed: 3,
  cancelled: 3,
  unknown: 3,
}

const run = (check: (history: Change[], stages: Stage[], permitted: Permitted) => void) =>
  fc.assert(
    fc.property(stagesArbitrary, permittedArbitrary, fc.array(event, { maxLength: 40 }), (stages, permitted, events) =>
      check(play(stages, permitted, events), stages, permitted),
    ),
    { numRuns: 3_000 },
  )

test('nothing starts without the people it needs: distinct, permitted for their stage, none of them the asker', () => {
  let started = 0
  run((history, stages, permitted) => {
    const first = history.find(({ proposal }) => proposal.state === 'started')
    if (!first) return
    started++
    const approvals = first.proposal.votes.filter(({ verdict }) => verdict === 'approve')
    expect(new Set(approvals.map(({ by }) => by.id)).size).toBe(approvals.length)
    expect(approvals.some(({ by }) => by.id === 'dana')).toBe(false)
    stages.forEach(({ need }, stage) => expect(approvalsOf(first.proposal, stage)).toHaveLength(need))
    for (const { by, stage } of approvals) expect(permitted[by.id]?.[stage]).toBe(true)
  })
  expect(started).toBeGreaterThan(20)
})

test('states go one way: no second end, no start after an end, and a vote that is cast stays as it is', () => {
  run((history) => {
    history.slice(1).forEach((after, index) => {
      const before = history[index]!
      expect(proposalRank[after.proposal.state]).toBeGreaterThanOrEqual(proposalRank[before.proposal.state])
      if (proposalRank[before.proposal.state] === 2) expect(after.proposal.state).toBe(before.proposal.state)
      expect(after.proposal.votes.slice(0, before.proposal.votes.length)).toEqual(before.proposal.votes)
      if (isOver(before)) expect(after).toEqual(before)
      if (before.run && after.run) expect(runRank[after.run.state]).toBeGreaterThanOrEqual(runRank[before.run.state])
      if (hasEnded(before.run)) expect(after.run).toEqual(before.run)
    })
  })
})

test('what did not come to a start has no run, and each person has one vote', () => {
  run((history) => {
    const { proposal, run: last } = history.at(-1)!
    const voters = proposal.votes.map(({ by }) => by.id)
    expect(new Set(voters).size).toBe(voters.length)
    if (['rejected', 'withdrawn', 'expired', 'void'].includes(proposal.state)) expect(last).toBeUndefined()
    if (proposal.state === 'rejected') expect(proposal.decided?.reason).toBeTruthy()
  })
})

test('a run that has a request open is not ended as cancelled without a look', () => {
  run((history) => {
    for (const { run: one } of history)
      if (one?.state === 'cancelling' && unansweredOf(one)) expect(mayEndUnasked(one)).toBe(false)
  })
})
