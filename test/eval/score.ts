import { nonRequests } from './eval-case.js'
import type { Verdict } from './judge.js'

/** What a floor may be set for: shares from 0 to 1, and counts. */
export interface Score {
  cases: number
  /** Reading commands: the right one goes on or asks for what is missing. */
  readingRight: number
  /** Of those that went on with a command, how many with the one that was meant. */
  precision: number
  /** The right command directly or among the buttons. */
  directlyOrAmongThree: number
  /** Plain requests for changes that reach their proposal, or the form that asks only for what they do not say. */
  requestsReached: number
  /** Of the same those that are proposed as they are. */
  requestsProposed: number
  /** Of the arguments: harmonic mean of how many of those given are right and how many of those said are given. */
  argumentsF1: number
  /** Out of scope, and no command goes on. */
  outOfScopeRefused: number
  /** Changes proposed from what asked for none, or for another. */
  unaskedProposals: number
  /** Records of Nexus changed by what did not ask for it. */
  unaskedNotes: number
  /** Changes and notes of another target than was said. */
  wrongTargets: number
}

/** The figures of a set of verdicts; a share of nothing is 1. */
export function scoreOf(verdicts: readonly Verdict[]): Score {
  const meant = verdicts.filter(({ one }) => one.command !== null)
  const reading = meant.filter(({ effect }) => effect === 'read')
  const requests = meant.filter(({ effect }) => effect === 'change')
  const outside = verdicts.filter(({ one }) => one.kind === 'out-of-scope' || one.kind === 'empty')
  const answered = verdicts.filter(({ goesOn }) => goesOn)
  const sum = (of: (args: Verdict['args']) => number) => verdicts.reduce((total, { args }) => total + of(args), 0)
  const [said, given, right] = [sum((args) => args.said), sum((args) => args.given), sum((args) => args.right)]
  const count = (of: (verdict: Verdict) => boolean) => verdicts.filter(of).length
  return {
    cases: verdicts.length,
    readingRight: share(reading, isRight),
    precision: share(answered, ({ came }) => came === 'right'),
    directlyOrAmongThree: share(meant, (verdict) => isRight(verdict) || verdict.offered),
    requestsReached: share(requests, reaches),
    requestsProposed: share(requests, ({ came, wrongTarget }) => came === 'right' && !wrongTarget),
    argumentsF1: said + given ? (2 * right) / (said + given) : 1,
    outOfScopeRefused: share(outside, ({ came }) => came === 'refused' || came === 'missed'),
    unaskedProposals: count(({ unasked }) => unasked),
    unaskedNotes: count(({ unaskedNote }) => unaskedNote),
    wrongTargets: count(({ wrongTarget }) => wrongTarget),
  }
}

/** The right command, going on or asking back. */
export const isRight = ({ came, one }: Verdict): boolean =>
  came === 'right' || came === 'asked' || (one.ambiguous === true && came === 'suggested')

/** A request is not reached where it is asked for what was said. */
const reaches = ({ came, wrongTarget, one, args }: Verdict): boolean => {
  if (wrongTarget) return false
  if (came === 'asked') return args.right === args.said || one.ambiguous === true
  return came === 'right' || (came === 'suggested' && one.ambiguous === true)
}

function share(of: readonly Verdict[], fits: (verdict: Verdict) => boolean): number {
  return of.length ? of.filter(fits).length / of.length : 1
}

/** How a group of cases went: a command, a voice, or a kind of what is no request. */
export interface Line {
  name: string
  cases: number
  right: number
  asked: number
  wrong: number
  suggested: number
  missed: number
  refused: number
}

/** One line for each value that `group` gives, by name; verdicts without one are left out. */
export function linesBy(verdicts: readonly Verdict[], group: (verdict: Verdict) => string | undefined): Line[] {
  const groups = new Map<string, Verdict[]>()
  for (const verdict of verdicts) {
    const name = group(verdict)
    if (name !== undefined) groups.set(name, [...(groups.get(name) ?? []), verdict])
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, all]) => {
      const count = (came: Verdict['came']) => all.filter((verdict) => verdict.came === came).length
      return {
        ...{ name, cases: all.length, right: count('right'), asked: count('asked'), wrong: count('wrong') },
        ...{ suggested: count('suggested'), missed: count('missed'), refused: count('refused') },
      }
    })
}

/** What was taken for what, the most frequent first: of the confusion table the cells beside its diagonal. */
export function confusions(verdicts: readonly Verdict[]): { meant: string; got: string; times: number }[] {
  const cells = new Map<string, { meant: string; got: string; times: number }>()
  for (const { one, came, got } of verdicts) {
    if (came !== 'wrong') continue
    const meant = one.command ?? one.kind ?? nonRequests[0]
    const cell = cells.get(`${meant} ${got}`) ?? { meant, got: got ?? '', times: 0 }
    cells.set(`${meant} ${got}`, { ...cell, times: cell.times + 1 })
  }
  return [...cells.values()].sort((a, b) => b.times - a.times || (a.meant + a.got < b.meant + b.got ? -1 : 1))
}
