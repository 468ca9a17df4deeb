import type { Icon } from '../../cards/icons.js'
import type { Span, State, Text } from '../../cards/model.js'
import { lasted } from '../kit/answer.js'
import type { Instant } from '../kit/model.js'
import type { Moved, Proposal, Run } from '../kit/proposal.js'
import { linkFacts, sayValue, within } from './say-value.js'

/** A proposal and its run, as they are kept. */
export interface Shown {
  proposal: Proposal
  run?: Run
}

/** Most moved fields that the sentence names; more are a table. */
export const mostMovedSaid = 2

/** What moves on the card while its body stays: the head, the sentence, and how it was decided. */
export interface Head {
  state: State
  icon?: Icon
  topic: string
  status?: Text
  sentence: Text
  decided?: Text
  /** What a lock screen shows. */
  text: Text
}

/** The head of a proposal in the state in which it is. */
export function headOf(shown: Shown): Head {
  const { proposal, run } = shown
  if (proposal.state === 'started' && run) return { ...runHead(proposal, run), decided: approvedBy(proposal) }
  if (proposal.state === 'approved') return { ...queuedHead(proposal, run), decided: approvedBy(proposal) }
  return proposal.state === 'waiting' ? waitingHead(proposal) : closedHead(proposal)
}

const asks = ({ by, plan }: Proposal): string =>
  `${by.name} asks to ${within(plan.title)}${plan.environment === undefined ? '' : ` in ${plan.environment}`}.`

function waitingHead(proposal: Proposal): Head {
  const { plan, expires } = proposal
  const undo = 'impossible' in plan.undo ? 'It can’t be undone.' : 'It can be undone.'
  return {
    state: 'warning',
    icon: 'careful',
    topic: 'Waits for approval',
    status: ['expires ', { until: expires }],
    sentence: `${plan.consequence} ${undo}`,
    text: [`${asks(proposal)} Approve or reject until `, { time: expires }, '.'],
  }
}

function queuedHead({ id, plan }: Proposal, run: Run | undefined): Head {
  const sentence = run?.progress.text ?? 'Starts in a moment.'
  return {
    state: 'accent',
    icon: 'waiting',
    topic: 'Approved',
    status: 'waits its turn',
    sentence,
    text: `${id} is approved: ${plan.title}. ${sentence}`,
  }
}

const runHeads: Record<
  Exclude<Run['state'], 'queued'>,
  Pick<Head, 'state' | 'topic'> & { icon?: Icon; said: string }
> = {
  running: { state: 'accent', icon: 'waiting', topic: 'Running', said: 'runs' },
  cancelling: { state: 'accent', icon: 'waiting', topic: 'Being cancelled', said: 'is being cancelled' },
  succeeded: { state: 'good', icon: 'done', topic: 'Done', said: 'is done' },
  failed: { state: 'attention', icon: 'failed', topic: 'Failed', said: 'failed' },
  cancelled: { state: 'emphasis', icon: 'failed', topic: 'Cancelled', said: 'was cancelled' },
  unknown: { state: 'attention', icon: 'unknown', topic: 'Outcome unknown', said: 'has an unknown outcome' },
}

function runHead({ id, plan }: Proposal, run: Run): Head {
  const { said, ...head } = runHeads[run.state as keyof typeof runHeads] ?? runHeads.running
  const sentence = runSentence(run)
  const status: Text = run.ended
    ? [{ ago: run.ended }]
    : [
        ...(run.progress.ratio === undefined ? [] : [`${Math.round(run.progress.ratio * 100)} % · `]),
        { since: run.started ?? run.queued },
      ]
  return { ...head, status, sentence, text: [`${id} ${said}: ${plan.title}. `, ...sentence] }
}

function runSentence({ state, progress, reason, result = {}, started, ended }: Run): Span[] {
  if (state !== 'succeeded') return [reason ?? progress.text]
  const took = started && ended ? tookOf(started, ended) : undefined
  const ending = took === undefined ? 'It is done.' : `It took ${took}.`
  return Object.keys(result).length ? [`${ending} Now: `, ...linkFacts(result), '.'] : [ending]
}

/** Under two minutes seconds count, under ten their tenths; what took no time at all is not said. */
function tookOf(from: Instant, to: Instant): string | undefined {
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000
  if (!(seconds > 0)) return undefined
  if (seconds >= 120) return lasted(from, to)
  return seconds < 9.95 ? `${Math.max(0.1, seconds).toFixed(1)} s` : `${Math.round(seconds)} s`
}

const closed: Record<'rejected' | 'withdrawn' | 'expired' | 'void', Pick<Head, 'state' | 'topic'> & { icon: Icon }> = {
  rejected: { state: 'emphasis', icon: 'failed', topic: 'Rejected' },
  withdrawn: { state: 'emphasis', icon: 'quiet', topic: 'Withdrawn' },
  expired: { state: 'emphasis', icon: 'waiting', topic: 'Expired' },
  void: { state: 'warning', icon: 'careful', topic: 'Void' },
}

function closedHead({ id, by, plan, state, decided, moved }: Proposal): Head {
  const head = closed[state as keyof typeof closed]
  const who = decided?.by?.name ?? 'Nobody'
  const why = decided?.reason ? ` ${decided.reason}` : ''
  const sentence = {
    rejected: `${who} rejected it:${why}`,
    withdrawn: `${who} withdrew it.${why}`,
    expired: decided?.reason ?? 'Nobody decided in time.',
    void: moved?.length ? sayMoved(moved) : `Nothing was done:${why}`,
  }[state as keyof typeof closed]
  return {
    ...head,
    ...(decided && { status: [{ ago: decided.at }] }),
    sentence,
    text: `${id} by ${by.name} is ${head.topic.toLowerCase()}: ${plan.title}. ${sentence}`,
  }
}

function sayMoved(moved: readonly Moved[]): string {
  if (moved.length > mostMovedSaid) return `Nothing was done, because ${moved.length} things moved.`
  const each = moved.map(({ what, from, to }) => `${what} moved from ${sayValue(from)} to ${sayValue(to)}`)
  return `Nothing was done, because ${each.join(' and ')}.`
}

function approvedBy({ votes }: Proposal): Text {
  const approvals = votes.filter(({ verdict }) => verdict === 'approve')
  return approvals.flatMap(({ by, at }, index) => [
    index ? ', ' : 'Approved by ',
    { strong: by.name },
    ' ',
    { time: at },
  ])
}
