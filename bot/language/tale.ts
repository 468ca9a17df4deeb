import type { Token } from './tokens.js'
import { idleVerbs } from './verb-words.js'

// What people tell around a request that cannot be closed as `harmless-talk.ts` is: "tess and I went through it all". It may stand beside a
// request that is put to Nexus in so many words. It has to be a sentence about somebody or something, and nothing in it may turn the
// request: deny, set a condition, put it off, quote, ask, or speak of a deed.

const wordsIn = (...lines: string[]): ReadonlySet<string> => new Set(lines.flatMap((line) => line.split(' ')))

/** Words that set a condition, put off, quote, or ask: with one of them near, nothing is asked for surely. */
const conditions = wordsIn(
  'if unless whether when whenever once until till provided assuming suppose supposing imagine case otherwise else before after while should event upon given lest every each everytime anytime moment minute instant second soon then later next',
  'or nor either instead rather yet except but although though without',
  'who whom whose what which where why how',
)
const quoting = wordsIn(
  'say says said saying tell tells told telling ask asks asked asking write writes wrote written writing type typed types read reads call calls called named quote quotes quoted word words phrase title subject from message mail email ticket runbook docs doc documentation step steps example sentence translate answer answered reply replied mention mentions mentioned suggest suggests suggested propose proposes proposed recommend recommends recommended recommendation remediation text line note todo button comment commit slack manual wiki instructions chapter story joke joking kidding fun dream dreamt pretend test drill training lesson rehearsal sent sends received forwarded forward posted pasted states stated heard saw following below above literally',
)
/** Words that deny, doubt or take back. */
const denials = wordsIn(
  'not no never none nobody nothing neither cannot dont avoid refrain stop hold wait cancel ignore forget nah nope scratch nvm nevermind jk nicht kein keine keinen nie niemals nein ne pas jamais non nunca jamás sin',
)
/** Words of wishes, plans and of what is over: a tale with them may be all there is. */
const wishes = wordsIn(
  'could would might may must shall ought maybe perhaps possibly hypothetically theoretically',
  'wish wishes wished hope hopes hoped want wants wanted like likes liked prefer prefers expect expects love loves plan plans planned think thinks thought guess believe consider considering agree agreed decide decided discuss discussed wonder wondering remind reminder begging demands insists',
  'yesterday tomorrow tonight last ago already earlier afterwards eventually someday sometime did done had was were used tried you',
)

/** Words of a sentence about somebody or something. */
const telling = wordsIn(
  "i i'm im i've ive i'll me my we we're we've us our it its it's he he's she she's they they're them this that there there's is are am has have",
)
/** What opens no sentence but says when or in which case, and whom words are put to. */
const leading = wordsIn(
  'on at in by from upon during for within with given to as dear whoever anyone anybody someone somebody',
)
/** What stands behind the name of whom words are put to. */
const addressing = wordsIn("i i'm im i've we we're it it's its this that you can could my our there")
/** What leads to somebody else's words. */
const pointing = wordsIn('this that these those so is are')

/** Fewest and most words of a tale: one or two may be the name of whom the request is put to. */
const fewest = 3
const longest = 24

/** What is known of words. */
export interface Deeds {
  /** Verbs by which something is asked for. */
  verbs: ReadonlySet<string>
  /** Words with which what is asked of Nexus begins. */
  beginnings: ReadonlySet<string>
  isName(words: string): boolean
}

/** Whether a sentence is a tale that leaves the request beside it what it is. */
export function isTale(tokens: readonly Token[], known: Deeds): boolean {
  const [first, second] = tokens
  if (tokens.length < fewest || tokens.length > longest) return false
  if (known.beginnings.has(first!.word) && !telling.has(first!.word)) return false
  if (leading.has(first!.word) || pointing.has(tokens.at(-1)!.word)) return false
  if (known.isName(first!.word) && addressing.has(second!.word)) return false
  if (!tokens.some(({ word }) => telling.has(word))) return false
  return tokens.every(({ word }) => !turns(word)) && !asksForMore(tokens, known)
}

const turns = (word: string): boolean =>
  conditions.has(word) || quoting.has(word) || denials.has(word) || wishes.has(word) || shortened.test(word)
/** "wouldn't", "she'd", "I'll". */
const shortened =
  /n['’]t$|^(?:do|does|did|is|was|are|were|ca|wo|would|could|should|has|have|had|ai|must)nt$|['’]d$|['’]ll$/

/** Words behind which one more thing may be asked for. */
const adding = wordsIn('and also then & plus or but')

/** Whether a sentence asks for something by itself: a verb at its beginning, or behind "and". */
const asksForMore = (tokens: readonly Token[], { verbs }: Deeds): boolean =>
  tokens.some(
    ({ word }, at) => verbs.has(word) && !idleVerbs.has(word) && (at === 0 || adding.has(tokens[at - 1]!.word)),
  )

/** What opens a condition or puts off, and what does so wherever it stands. */
const opening = wordsIn(
  'when once after before until till as should while in on at by from upon during within given every each only but except or then later next tomorrow tonight not no never and also plus without dear whoever anyone anybody someone somebody nobody',
)
const conditional = wordsIn('if unless whether whenever once until provided assuming suppose supposing otherwise else')

/**
 * Whether a sentence leaves it likely that the one beside it asks for what it says: nothing is done for it, but it may be asked back. It may deny or wish
 * something of its own: "I don't need it any more".
 * @param isPut whether that one is put to Nexus in so many words: then it may tell what somebody said of it
 */
export const isAside = (tokens: readonly Token[], known: Deeds, isPut: boolean): boolean =>
  tokens.length <= longest &&
  !opening.has(tokens[0]!.word) &&
  !asksForMore(tokens, known) &&
  tokens.every(
    ({ word }, at) =>
      !conditional.has(word) &&
      !(word === 'when' && !isPut) &&
      !othersWish.has(word) &&
      !(quoting.has(word) && !(isPut && at < tokens.length - fewest)),
  )

/** Words that make another thing of a request, wherever in it they stand. */
export const turnsRequest = (word: string): boolean =>
  conditions.has(word) || quoting.has(word) || denials.has(word) || shortened.test(word) || turnsToTale.has(word)

const turnsToTale = wordsIn(
  'did was were had is are am been has have done failed helped off yesterday and also & plus + then both again? would could should might may because cause cos since as',
)

/** Whether a word tells of something or wishes for it, and asks for nothing. */
export const isOfTale = (word: string): boolean => telling.has(word) || wishes.has(word) || othersWish.has(word)

/** What others want is theirs to ask for. */
const othersWish = wordsIn('wants wishes hopes prefers expects likes loves plans demands insists begging wanted')

/** Words that set a condition, wherever they stand; and those that do so, or put off, where a sentence begins with them. */
const conditionAnywhere = wordsIn(
  'if unless whether once provided providing assuming suppose supposing imagine otherwise lest wenn falls sobald',
)
const conditionFirst = wordsIn('should after before when whenever while on upon given had plan')
const conditionPairs = wordsIn('in-case soon-as only-when just-when')

/** Whether a sentence, its courtesies gone, sets a condition or puts something off. */
export const isConditional = (tokens: readonly Token[]): boolean =>
  conditionFirst.has(tokens[0]?.word ?? '') ||
  tokens.some(
    ({ word }, at) => conditionAnywhere.has(word) || conditionPairs.has(`${word}-${tokens[at + 1]?.word ?? ''}`),
  )

/** Words that make a tale or the contrary of a request: then it must be likelier to be asked whether it is meant. */
export const spoilsRequest = (word: string): boolean =>
  denials.has(word) || spoiling.has(word) || isOver(word) || /n['’]t$/.test(word)
const spoiling = wordsIn('wrong yesterday ago already')

/** Verbs of what is over. */
export const isOver = (word: string): boolean => over.has(word)
const over = wordsIn(
  'failed helped did was were took takes threw gave ran went undid redid tore drew wrote began broke chose',
)

/** Words that make a question of a request, or its contrary in another language: then it is not even asked. */
export const unmakesRequest = (word: string): boolean => unmaking.has(word)
const unmaking = wordsIn('remind or nor why how whether who nicht ne pas keine kein')

/** What leads to somebody's words: "the docs give this example: …", "his exact words: …", "she said …". */
const leadsToWords =
  /\b(?:says?|said|wrote|writes|written|typed|quot(?:e|ed)|words|examples?|usage|tip|docs|documentation|subject|sentence|steps?(?: \d+)?|exercise(?: \d+)?|title)\b[^:\n]{0,20}[:"“'`>]/i

/** Whether a text leads to somebody's words. */
export const isQuoting = (text: string): boolean => leadsToWords.test(text) || /^\s*>/m.test(text)

/** How many things are asked for by verbs where a sentence begins, or behind "and". */
export const deedsIn = (tokens: readonly Token[], { verbs, isName }: Pick<Deeds, 'verbs' | 'isName'>): number =>
  tokens.filter(
    ({ word }, at) =>
      verbs.has(word) &&
      !idleVerbs.has(word) &&
      !noDeeds.has(word) &&
      (at === 0 ? !isName(word) : adding.has(tokens[at - 1]!.word)),
  ).length

/** Words with which requests begin that are no verbs, or nouns as often: "chaos on search", "stage production", "the key of it". */
const noDeeds = wordsIn(
  'only for in of to with up into whenever once waiting want would could can may quick first good green own new another about second',
  'key stage chaos fault jump load slot gate approval proposal promotion env environment extension temporary runbook digest safe rest sleep time timeline rollout deployment cutover line light order place state name type plan force work mind going host',
)
