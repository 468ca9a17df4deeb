import { expect, test } from '@jest/globals'
import type { Arg } from '../../skills/kit/arguments.js'
import { createNameIndex } from './name-index.js'
import { hearing, registryOfSkills } from './testing/hearing.js'
import { createUnderstand } from './understand.js'
import type { NamedEntity } from './understanding.js'

// Each phrase of each command that changes or notes something, its places filled, within what people say without asking for it: nothing may be
// proposed, and no record of Nexus may move.

const { commands } = await registryOfSkills()
const understand = createUnderstand(commands)
const changing = commands.filter(({ effect }) => effect !== 'read')
const acting = new Set(changing.map(({ id }) => id))
const names: NamedEntity[] = [
  { kind: 'Service', id: 'checkout-web', name: 'checkout', aliases: ['basket'] },
  { kind: 'Team', id: 'storefront', name: 'Storefront', aliases: [] },
  { kind: 'Person', id: 'lee@contoso.example', name: 'Lee Park', aliases: ['lee'] },
  { kind: 'Environment', id: 'staging', name: 'staging', aliases: ['stage', 'stg'] },
  { kind: 'Repository', id: 'github/contoso/web', name: 'web-repo', aliases: [] },
  { kind: 'Pipeline', id: 'github/contoso/web/nightly', name: 'nightly-build', aliases: [] },
  { kind: 'Incident', id: 'inc-131', name: 'INC-131', aliases: [] },
  { kind: 'Incident', id: 'inc-132', name: 'INC-132', aliases: [] },
  { kind: 'Proposal', id: 'pr-7', name: 'PR-7', aliases: [] },
  { kind: 'Run', id: 'run-9', name: 'run-9', aliases: [] },
]
const index = createNameIndex(names)
const hear = (text: string) => understand(hearing(text), index)

function wordsFor(arg: Arg | undefined): string {
  switch (arg?.type) {
    case 'entity':
      return names.find(({ kind }) => arg.kinds.includes(kind))?.name ?? 'checkout'
    case 'number':
      return String(Math.min(arg.max, Math.max(arg.min, 5)))
    case 'choice':
      return arg.values[0]!
    case 'duration':
      return '2 hours'
    case 'range':
      return 'last week'
    case 'time':
      return 'tomorrow 9:00'
    case 'time-of-day':
      return '9:15'
    case 'weekdays':
      return 'weekdays'
    case 'zone':
      return 'Europe/Berlin'
    default:
      return 'something-new'
  }
}

/** Phrases of each command that ask for it, spread over all that it has: those that say what is so, "INC-131 is fixed", are no deed to deny. */
const most = 4
const saysWhatIsSo =
  /^(?:\{|i |i'|we |this |on |got |mine |taking |done |all |you |my |no |do not |not |it |looking|handling|working|acking|picking|approved|quiet hours|unsubscribe)/
const requests = changing.flatMap(({ id, says, requests: further = [], args }) => {
  const asking = [...says, ...further].filter((phrase) => !saysWhatIsSo.test(phrase))
  return asking
    .filter((_, at) => at % Math.ceil(asking.length / most) === 0)
    .map((phrase) => {
      let incident = 130
      const words = phrase.replace(/\{(\w+)\}/g, (_, name: string) =>
        args[name]?.type === 'entity' && args[name].kinds[0] === 'Incident'
          ? `INC-${++incident}`
          : wordsFor(args[name]),
      )
      const last = /\{(\w+)\}$/.exec(phrase)?.[1]
      // What is written down as it is said has no end of its own, and some ask for what must not happen.
      return {
        id,
        words,
        hasEnd: !['note', 'reason', 'why', 'title'].includes(last ?? ''),
        denies: /^(?:do not|no|stop)\b/.test(phrase),
      }
    })
})

/** What people say with a request in it and asking for nothing; the request stands in place of the dash. */
const frames = {
  negation: [
    "don't –",
    'do not –',
    'please never –',
    'please do not –',
    'you must not –',
    'nobody should –',
    'nobody please –',
    'hold off, do not –',
    "let's not –",
    'no need to –',
    'not going to –',
    "I'd rather you did not –",
    "it isn't time to –",
    'there is no reason to –',
    'I never said –',
    "don't you dare –",
    'we decided against it, so do not –',
    'could you please not –',
    "I don't want to –",
    'whatever you do, never –',
    '– is the wrong thing to do',
    '– no wait',
    '– not',
    'stop, do not –',
  ],
  conditional: [
    'if it gets worse, –',
    '– if it gets worse',
    '– unless Lee objects',
    'when the deploy is through, –',
    'once CI is green, –',
    'once it is quiet please –',
    '– only if it hangs',
    '– once the cache is warm',
    '– after the sale',
    'in the event of a crash, could you –',
    'should it fall over again, please –',
    'assuming Lee says yes, –',
    'in case it hangs, please –',
    'on Friday at noon, please –',
    'the minute it goes red, please –',
    'every time it hangs, could you –',
    'unless somebody objects, please –',
    "I'd – if I could",
    'we could – provided the budget allows it',
    'before you – let me know',
    'as soon as the replica is in sync, –',
    'then we could always –',
    'ask me again after lunch, then –',
    'maybe –',
    'plan B: –',
  ],
  'question about it': [
    'should we –?',
    '–?',
    'how do I –',
    'how would one –?',
    'what happens if I –',
    'what happens when I –?',
    'can anybody – here?',
    'why would one –',
    'who may –',
    'is it safe to –?',
    'do I need an approval to –?',
    'may I –?',
    'am I allowed to –',
    'did you –?',
    'does it hurt to –?',
    'when should one –?',
    'would it help to –?',
    'could we – without downtime?',
    'what is the difference, –?',
    'is there a way to –',
    'are you able to –?',
    'has anybody tried to –?',
  ],
  past: [
    'yesterday we had to –',
    'Lee did – and it did not help',
    'I tried to –',
    '– failed',
    '– did not help',
    '– was wrong',
    '– took four minutes',
    '– is what broke it',
    '– has been done already',
    'I was about to –',
    'we used to – every Monday',
    'had to – twice last night',
    'they asked me to – last week',
    'I forgot to –',
    'it was me who had to –',
  ],
  wish: [
    'I wish somebody would –',
    'Lee wants to –',
    'Lee wants you to please –',
    'the customer asked me to –',
    'it would be nice to –',
    'we ought to – some day',
    'somebody should –',
    'we should probably – at some point',
    'support is begging us to –',
    'hopefully someone will –',
    'Lee would like to –',
    'Lee is going to –',
    'marketing would love it if we –',
    'if only we could –',
    'they expect us to –',
    'Lee says to –',
    'Lee said to –',
    'nadia asked whether anyone could –',
    'my manager wants me to –, I disagree',
    'I am afraid that I have to –',
    'I will –',
    'we will – tomorrow',
    'hey Lee, could you –',
    'Lee, can you –',
    'dear Lee and all the others, could you –',
  ],
  quotation: [
    'Lee said "–"',
    '"–"',
    'the runbook says: –',
    'the runbook says – as step 3',
    'he wrote “–” in the ticket',
    'the button is called ‘–’',
    'his exact words: –',
    'Lee in the channel: –',
    '> –',
    'From: Ruth\nSubject: FW\n\nplease –',
    'Subject: please –',
    'commit message: –',
    'step 2: –',
    'recommended action:\n–',
    'The docs give this example: –',
    'title of the talk: –',
    'the customer sent us this, please –',
    'Lee wrote, please –',
    '[09:41] Lee: –',
    'what does – mean?',
    'in the training we typed –',
    "I'd phrase it as – rather",
  ],
  several: [
    '– and –',
    '– or –',
    '– and then tell Lee',
    'who owns checkout and –',
    '– but first ask Lee',
    'first –, then ack INC-131',
    '–, and who owns checkout',
    '–, restart checkout in staging',
    '–. roll back checkout',
    '– & approve PR-7',
    'restart checkout in staging, –',
    'could you restart checkout, then –',
    '–; promote checkout to staging',
    'either – or wait',
  ],
}

/** Of so many requests a frame takes one. */
const every = 16

/** Whether something would be proposed, or noted. */
function acts(text: string): boolean {
  const heard = hear(text)
  return heard.outcome === 'intent' && acting.has(heard.intent.command)
}

test('there is enough to say', () => {
  expect(requests.length).toBeGreaterThan(120)
  expect(Object.values(frames).flat().length).toBeGreaterThan(120)
})

test.each(Object.entries(frames).flatMap(([kind, all]) => all.map((frame) => [kind, frame] as const)))(
  'nothing is proposed or noted from %s: %s',
  (_, frame) => {
    // Each frame takes every sixteenth request, and other frames others.
    const from = [...frame].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % every
    const hasTail = !/–\W*$/.test(frame) || frame.split('–').length > 2
    const acted = requests.flatMap(({ words, hasEnd, denies }, at) => {
      const text = frame.replaceAll('–', words)
      const isTold = at % every === from && (hasEnd || !hasTail) && !denies
      return isTold && acts(text) ? [text] : []
    })
    expect(acted).toEqual([])
  },
)

test.each([
  ['SQL', "SELECT * FROM users WHERE name = 'checkout'; DROP TABLE orders; --"],
  ['KQL', 'requests | where cloud_RoleName == "checkout" | summarize count() by bin(timestamp, 5m)'],
  ['a template', '{{restart checkout}} ${jndi:ldap://x} <%= restart %>'],
  ['mixed languages', 'bitte restart checkout nicht, merci, gracias'],
  ['emoji', '🚀🔥 restart 🤷'],
])('nothing is proposed from %s', (_, text) => {
  const heard = hear(text)
  expect('intent' in heard && heard.outcome === 'intent' && acting.has(heard.intent.command)).toBe(false)
})

test.each([
  'which services have no owner',
  'who is not on call',
  "what's not healthy",
  'which databases are without a backup',
])('a “not” in the question “%s” is what it asks for', (text) => {
  const heard = hear(text)
  expect(heard.outcome === 'suggest' && heard.declined).not.toBe(true)
})
