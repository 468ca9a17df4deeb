import type { Token } from './tokens.js'

// What people tell beside a request: why they ask, how it looks, that all is ready. It is closed as the requests are: a sentence is such
// talk only where every word of it is one of these or a name. None of them denies, sets a condition, tells of what was done or
// said, or points to another time, so that no such sentence can turn the request beside it into none.

const wordsIn = (...lines: string[]): ReadonlySet<string> => new Set(lines.flatMap((line) => line.split(' ')))

/** Who or what is talked of, and what only joins. */
const joining = wordsIn(
  "it its it's they their them they're this that that's there i i'm im i've my me we we're we've our us he she everyone everybody everything all both",
  'is are was be being been am has have had having does do gets got get getting goes going gone went keeps keep kept looks look looking seems seem feels acting acts',
  'of in on at since to with for from by and but so very really quite pretty too again completely totally just all bit little lot now today tonight here right',
  'ready about good over under up down out off away behind into back as',
)

/** How things are where somebody has to do something, and that they may. */
const telling = wordsIn(
  'slow slower sluggish stuck hanging hangs hang hung frozen freezing freezes dead broken broke crashing crashed crashes crash crashloop flapping flaps failing fails failed',
  'erroring errors error errored throwing throws timing timeouts timeout oom ooming leaking leaks leak leaked memory cpu full unresponsive spiking spikes spike high hot overloaded',
  'weird funny odd strange unhappy complaining angry waiting red dying dies degraded growing piling lagging lags lag stale spinning looping loops loop misbehaving misbehaves unhealthy',
  'exhausted connections latency traffic load peak busy down unavailable unreachable 500 500s 502 502s 503 503s 504 504s 5xx 4xx p95 p99 compromised exposed expired expiring expires bad worse terrible horrible buggy',
  'green happy ready done merged passed finished complete approved signed good fine verified tested shipped out urgent important serious eating using running filling fills climbing blocking blocked blocks',
)
const subjects = wordsIn(
  'users customers people testers test tests qa ci build builds change changes fix hotfix patch release version page pages site shop app api service services backend frontend queue box machine vm',
  'pod pods instance instances server servers cluster node nodes disk database db cache key keys secret cert certificate pool thing login logins sign-in sign-ins checkout cart orders mail mails alert alerts jobs job',
  'marketing sales support management customer client clients team dev devs',
)

/** Subjects that could be verbs of a request: something is told of them only with "is" or "has". */
const deeds = wordsIn(
  'change changes fix hotfix patch build builds release test tests deploy deployment rollout page queue mail alert support',
)
const finite = wordsIn("is are has have it's looks seems keeps")

/** What may be denied of a thing: "is not responding", "does not load". */
const failing = wordsIn(
  'responding respond working work loading load answering answer starting start healthy reachable available',
)
const denials = wordsIn("not doesn't isn't won't can't cannot aren't don't stopped stops")

/** Most words of such a sentence. */
const longest = 14

/**
 * Whether a sentence only tells how things are.
 * @param isName whether something of the catalog is called by a word
 */
export function isHarmlessTalk(tokens: readonly Token[], isName: (word: string) => boolean): boolean {
  if (tokens.length < 2 || tokens.length > longest) return false
  const says = tokens.some(({ word }) => finite.has(word))
  let tells = false
  for (let at = 0; at < tokens.length; at++) {
    const { word } = tokens[at]!
    if (denials.has(word)) {
      if (!failing.has(tokens[at + 1]?.word ?? '')) return false
      at++
      tells = true
    } else if (telling.has(word)) tells = true
    else if (deeds.has(word)) {
      if (!says) return false
      tells = true
    } else if (isName(`${word} ${tokens[at + 1]?.word ?? ''}`.trim())) at++
    else if (!joining.has(word) && !subjects.has(word) && !isName(word)) return false
  }
  return tells && saysOfSomething(tokens, isName)
}

/** It begins with what it tells of, and with no verb that could be asked for. */
const saysOfSomething = ([first, second]: readonly Token[], isName: (word: string) => boolean): boolean =>
  begins.has(first!.word) ||
  subjects.has(first!.word) ||
  isName(first!.word) ||
  isName(`${first!.word} ${second?.word ?? ''}`)
const begins = wordsIn(
  "it its it's they they're this that that's there i i'm im i've my we we're we've our he she everyone everybody everything all",
)

const reasons = wordsIn('because cause cos coz cuz bc since as')

/** A request without the reason behind it: "restart auth because it hangs". */
export function withoutReason(tokens: readonly Token[], isName: (word: string) => boolean): readonly Token[] {
  const at = tokens.findIndex(({ word }, index) => index >= 2 && reasons.has(word))
  return at >= 0 && isHarmlessTalk(tokens.slice(at + 1), isName) ? tokens.slice(0, at) : tokens
}
