import type { Kind } from '../../skills/kit/model.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import type { FilledMatch } from './choose-phrase.js'
import type { CommandClassifier, Ranked } from './classifier/command-classifier.js'
import { fillSlots, type Filled } from './fill-slots.js'
import { withFreeText } from './free-text.js'
import { glue } from './glue-words.js'
import { evidenceOfManner, type Manner } from './manner.js'
import type { NameIndex } from './name-index.js'
import { isTalk, isWeak, isWhole, opensFreely, unknownIn } from './phrase-reader.js'
import type { RequestForms } from './request-forms.js'
import { isOfOtherType } from './resource-type.js'
import type { Slots } from './slots.js'
import { placeAnywhere, type Placed } from './slots-anywhere.js'
import { delexicalise, isWithin, type Spotted } from './spotted.js'
import type { Hearing } from './understanding.js'
import { askingVerbs } from './verb-words.js'

/** A text or a part of it, as the classifier sees it. */
export interface View {
  spotted: Spotted
  /** The phrase that fits it best. */
  match?: FilledMatch
  ranked: readonly Ranked[]
  asksNothing: number
  /** How much of what it tells no example has, 0 to 1. */
  strange: number
  /** Share of the text's words that it leaves out: 0 of the whole. */
  omits: number
  asks: boolean
  /** It is the last of several lines. */
  isLine: boolean
  manner: Manner
}

/** A command that a view may mean, and what speaks for it and against it. */
export interface Candidate {
  command: CommandInfo
  view: View
  /** The phrase that fits the view, where it is of this command. */
  match?: FilledMatch
  filled: Filled
  /** What stands for each argument, as it was said. */
  slots: Slots
  /** Compulsory arguments that are not said. */
  missing: string[]
  /** Something was said that is no part of it: a name, or words of a question that could not be read. */
  leaves: boolean
  /** It is for resources of another type than the one that is named. */
  isOfOtherType: boolean
  /** Figures in the order of `weights`. */
  evidence: number[]
}

/** Requests by command, and the verbs of all. */
export interface LearntRequests {
  of: ReadonlyMap<string, RequestForms>
  verbs: ReadonlySet<string>
}

/** Most parts of a text that are looked at by themselves. */
const mostParts = 5
/** Commands that are looked at in a view: the likeliest, and those with the nearest examples. */
const looked = { likely: 6, near: 3 }

/** A text or a part of it before the classifier has seen it. */
export interface Part {
  asks: boolean
  isLine: boolean
  spotted: Spotted
  manner: Manner
  match?: FilledMatch | undefined
}

/** The whole of a text, and each of its parts that says something. */
export function viewsOf(whole: Part, parts: readonly Part[], classifier: CommandClassifier): View[] {
  const view = ({ spotted, asks, isLine, match, manner }: Part): View => {
    const words = delexicalise(spotted, classifier.vocabulary)
    const telling = words.filter((word) => !/^[<+]/.test(word) && !glue.has(word))
    const strange = telling.filter((word) => !classifier.vocabulary.has(word))
    return {
      spotted,
      ...(match && { match }),
      ...classifier.weigh(words),
      strange: strange.length / Math.max(1, telling.length),
      omits: 1 - spotted.tokens.length / Math.max(1, whole.spotted.tokens.length),
      asks,
      isLine,
      manner,
    }
  }
  const saying = parts.filter(({ spotted }) => spotted.tokens.length > 1).slice(0, mostParts)
  return [whole, ...saying].map(view)
}

/** The commands that a view may mean, each with its evidence. */
export function candidatesOf(view: View, names: NameIndex, hearing: Hearing, learnt: LearntRequests): Candidate[] {
  const { ranked, spotted } = view
  const near = [...ranked].sort((a, b) => b.likeness - a.likeness)
  const [nearest, second] = near
  const asksToSee = askingVerbs.has(view.manner.opening)
  const said = ranked.filter(({ command }) => command.id === view.match?.phrase.command)
  const chosen = new Set([...ranked.slice(0, looked.likely), ...near.slice(0, looked.near), ...said])
  return [...chosen].map((one): Candidate => {
    const { command, certainty, likeness } = one
    const placed = placeAnywhere(command.args, spotted, names)
    const subjects = command.effect === 'change' ? [] : hearing.subjects
    const match = view.match?.phrase.command === command.id ? view.match : undefined
    const slots = withFreeText(command.args, placed, spotted)
    const found = fillSlots(command.args, slots, names, { ...hearing, ...(subjects && { subjects }) })
    const isFull = missingFrom(command, found).length === 0 && !found.unknown && !found.wrong
    const filled = match && (isWhole(match) || !isFull || losesName(match, found)) ? match.filled : found
    const missing = missingFrom(command, filled)
    const lost = placed.leftNames.some(({ candidates }) => candidates[0]!.certainty >= surelyName)
    const asked = Object.keys(placed.slots).find((name) => command.args[name]?.type === 'filter')
    const unread = asked !== undefined && leavesWords(placed, spotted)
    const evidence = [
      Math.log(Math.max(certainty, leastCertainty)),
      likeness,
      likeness - (one === nearest ? (second?.likeness ?? 0) : (nearest?.likeness ?? 0)),
      Number(missing.length > 0),
      Math.min(3, placed.leftNames.length),
      Number(lost),
      Math.min(2, placed.leftTimes.length),
      view.strange,
      Number(asked !== undefined && !unread),
      Number(unread),
      Number(filled.wrong !== undefined),
      Number(filled.unknown !== undefined),
      Number(filled.choose !== undefined),
      Math.min(3, filled.recognised.length),
      Number(command.effect === 'note'),
      Number(command.effect === 'change'),
      Number(view.omits > 0),
      Number(view.omits > 0 && view.asks),
      view.omits,
      Number(command.effect === 'read' && view.asks),
      Number(command.effect === 'read' && asksToSee),
      Number(command.effect !== 'read' && asksToSee),
      Number(match !== undefined && isWhole(match)),
      match && isWhole(match) ? Math.min(5, match.phrase.words) / 5 : 0,
      Number(match !== undefined && !isWhole(match)),
      match && !isWhole(match) ? Math.min(5, match.phrase.words) / 5 : 0,
      Number(match !== undefined && isTalk(match)),
      Number(match !== undefined && isWhole(match) && isWeak(match)),
      Number(match !== undefined && opensFreely(match)),
      Number(view.isLine),
      ...toldKinds.map((kind) => Number(placed.leftNames.some(({ candidates }) => candidates[0]!.ref.kind === kind))),
      ...evidenceOfManner(view.manner, learnt.of.get(command.id), learnt.verbs),
    ]
    return {
      command,
      view,
      ...(match && { match }),
      filled,
      slots,
      missing,
      leaves: lost || unread,
      isOfOtherType: isOfOtherType(command.args, spotted),
      evidence,
    }
  })
}

/** Names of these kinds tell what is asked, so that a command with no place for one is hardly meant. */
const toldKinds: readonly Kind[] = ['Person', 'Team', 'Environment', 'Incident']

/** Whether what stands where a phrase has a name or a time, and is none, would be passed over. */
const losesName = (match: FilledMatch, { args }: Filled): boolean => {
  const argument = unknownIn(match)
  return argument !== undefined && !(argument in args)
}

const missingFrom = ({ args }: CommandInfo, filled: Filled): string[] =>
  Object.keys(args).filter(
    (name) => !args[name]!.optional && !(name in filled.args) && name !== filled.choose?.argument,
  )

/** What speaks for no command at all. */
export function evidenceForNone(views: readonly View[]): number[] {
  const [whole] = views
  const { spotted, asksNothing, strange, ranked } = whole!
  const likeliest = Math.max(...views.map(({ ranked: [best] }) => best?.certainty ?? 0))
  const nearest = Math.max(...views.flatMap(({ ranked }) => ranked.map(({ likeness }) => likeness)))
  return [
    1,
    Math.log(Math.max(asksNothing, leastCertainty)),
    Math.log(Math.max(likeliest, leastCertainty)),
    nearest,
    strange,
    Number(!spotted.names.length && !spotted.times.length),
    Math.log(1 + spotted.tokens.length),
    Number(ranked[0]?.command.effect !== 'read'),
    Number(/^(?:i|we|my|our|they|he|she)$/.test(spotted.tokens[0]?.word ?? '')),
  ]
}

const leastCertainty = 1e-4
/** Names less sure than this may be no names at all: nothing is lost with them. */
const surelyName = 0.95

/** Whether words of a question for things of the catalog are left over that are not idle. */
const leavesWords = (placed: Placed, { tokens }: Spotted): boolean =>
  tokens.some(({ word }, at) => !glue.has(word) && !opensQuestion.has(word) && !isWithin(at, placed.used))

/** Words that ask for things of the catalog, and say nothing about which. */
const opensQuestion = new Set(
  'find list show display count number give get see look need know tell want search many lists overview currently there exist exactly'.split(
    ' ',
  ),
)
