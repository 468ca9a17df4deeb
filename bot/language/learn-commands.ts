import type { Effect } from '../../skills/kit/effect.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import { trainClassifier, type CommandClassifier } from './classifier/command-classifier.js'
import type { LearntRequests } from './evidence.js'
import { saysNotTo } from './negation.js'
import { createPhraseReader, type PhraseReader } from './phrase-reader.js'
import { learnRequests, type RequestForms } from './request-forms.js'
import { Gradual, type Steps } from './steps.js'
import { tokensOf } from './tokens.js'
import type { Hearing } from './understanding.js'

/** What is learnt of a set of commands, once, and read at every step of understanding. */
export interface Learnt {
  commands: readonly CommandInfo[]
  /** A command by its id, which is one of `commands`. */
  commandOf(id: string): CommandInfo
  effectOf(id: string): Effect
  /** What somebody says as a command hears it: what changes the world names its target, wherever it is said. */
  heardBy(hearing: Hearing, command: string): Hearing
  phrases: PhraseReader
  requests: readonly RequestForms[]
  /** The requests by command, as evidence is weighed by them. */
  learntRequests: LearntRequests
  /** Commands for which a "not" is no refusal, because their own examples say it: "no digest any more", "do not ping me about deployments". */
  denying: ReadonlySet<string>
  /** Trained when it is asked for for the first time, as far as it is not yet. */
  classifier(): CommandClassifier
  /** The training, for whoever wants it done before it is asked for. */
  training: Gradual<CommandClassifier>
}

/** From this share of its examples on a command is asked for by "not". */
const leastDenying = 1 / 12

/** A "not" may ask for records of Nexus to change; what changes the world is never asked for by one. */
const isDenying = ({ effect, says }: CommandInfo): boolean =>
  effect === 'note' && says.filter((phrase) => saysNotTo(phrase.split(' '))).length >= leastDenying * says.length

/** Learns the examples of commands. */
export function* learnCommands(commands: readonly CommandInfo[]): Steps<Learnt> {
  const byId = new Map(commands.map((command) => [command.id, command]))
  const commandOf = (id: string): CommandInfo => byId.get(id)!
  const effectOf = (id: string): Effect => commandOf(id).effect
  const heardBy = (hearing: Hearing, command: string): Hearing =>
    effectOf(command) === 'change' ? { ...hearing, subjects: [] } : hearing
  const phrases = yield* createPhraseReader(commands, heardBy)
  const requests: RequestForms[] = []
  for (const one of commands) {
    if (one.effect !== 'read') requests.push(learnRequests(one, tokensOf))
    yield
  }
  const training = new Gradual(trainClassifier(commands))
  return {
    commands,
    commandOf,
    effectOf,
    heardBy,
    phrases,
    requests,
    learntRequests: {
      of: new Map(requests.map((one) => [one.command.id, one])),
      verbs: new Set(requests.flatMap(({ forms }) => forms.map(({ verb }) => verb))),
    },
    denying: new Set(commands.filter(isDenying).map(({ id }) => id)),
    classifier: () => training.get(),
    training,
  }
}
