import type { CommandInfo } from '../../skills/kit/ports.js'
import type { CommandClassifier } from './classifier/command-classifier.js'
import { learnCommands } from './learn-commands.js'
import { openLetter } from './letter.js'
import type { NameIndex } from './name-index.js'
import { isIdle } from './request.js'
import { readSaid } from './said.js'
import { readSlash } from './slash.js'
import { finish, type Gradual, type Steps } from './steps.js'
import { longestText } from './tokens.js'
import { createTongues } from './tongues/understand-tongues.js'
import { byWeighing, type Observe } from './understand-likely.js'
import { byLastLine, byNameAlone, byOpenPhrase, byPlainRequest, bySurePhrase } from './understand-plainly.js'
import { understandSlash, understood } from './understood.js'
import type { Hearing, Understanding } from './understanding.js'

/** Words to meaning, for one set of commands and whichever names the tenant has at the moment. */
export type Understand = (hearing: Hearing, names: NameIndex) => Understanding

/**
 * Compiles the commands' own examples; everything that is understood comes from them and from the catalog's names. The classifier is trained
 * when no phrase fits for the first time.
 * @param observe is shown the views of each text that is weighed, for fitting the weights
 */
export const createUnderstand = (commands: readonly CommandInfo[], observe?: Observe): Understand =>
  finish(compileUnderstand(commands, observe)).understand

/** The same in steps, and what is trained when no phrase fits for the first time, or before that. */
export function* compileUnderstand(
  commands: readonly CommandInfo[],
  observe?: Observe,
): Steps<{ understand: Understand; training: Gradual<CommandClassifier> }> {
  const learnt = yield* learnCommands(commands)
  yield
  const inTongues = createTongues(commands, (one, filled, certainty) =>
    understood(one, filled, 'phrase', certainty, commands),
  )
  const isWord = (word: string): boolean => learnt.classifier().vocabulary.has(word)
  const understand: Understand = (heard, names) => {
    const unreadable = whyUnreadable(heard.text)
    if (unreadable) return { outcome: 'none', reason: unreadable }
    const { text, isPassedOn } = openLetter(heard.text, { names, speaker: heard.speaker, isWord })
    const hearing: Hearing = { ...heard, text, reading: {} }
    const slash = readSlash(hearing.text, commands)
    if (slash) return understandSlash(slash, hearing.text, learnt.heardBy(hearing, slash.command.id), names)
    const spoken = inTongues(hearing, names)
    if (spoken) return spoken
    const said = readSaid(hearing, names, learnt, isPassedOn)
    if (!said.match && isIdle(said.tokens)) return { outcome: 'none', reason: 'There is nothing to do in that.' }
    return (
      bySurePhrase(said) ??
      byPlainRequest(said) ??
      byOpenPhrase(said) ??
      byLastLine(said) ??
      byNameAlone(said) ??
      byWeighing(said, observe)
    )
  }
  return { understand, training: learnt.training }
}

/** Why a text is not read at all, as a sentence; undefined where it is. */
function whyUnreadable(text: string): string | undefined {
  if (!/[\p{L}\p{N}]/u.test(text)) return text.trim() ? 'There are no words in that.' : 'That was empty.'
  if (text.length <= longestText) return undefined
  return `That has ${text.length.toLocaleString('en')} characters; I read questions up to ${longestText.toLocaleString('en')}.`
}
