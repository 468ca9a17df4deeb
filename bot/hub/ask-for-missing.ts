import type { Entity } from '../../skills/kit/model.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import { readablePhrase } from '../../skills/kit/readable-phrase.js'
import type { Intent } from '../../skills/kit/reply.js'
import type { Outcome } from './outcome.js'
import { sentenceCase } from './replies.js'

/**
 * Asks for arguments that are absent, in a form.
 * @param told the arguments that are told already; the things among them are named, so that it is clear what is asked about
 */
export function askForMissing(
  info: CommandInfo,
  intent: Intent,
  missing: readonly string[],
  told: Readonly<Record<string, unknown>> = {},
): Outcome {
  const form = Object.fromEntries(Object.entries(info.args).filter(([name]) => !(name in intent.args)))
  const sentence = `To answer I need: ${missing.map((name) => info.args[name]!.label).join(', ')}.`
  const example = readablePhrase(info.example, info.args)
  const facts = Object.entries(told).flatMap(([name, value]) => {
    const { label, type } = info.args[name]!
    return type === 'entity' ? [{ label: sentenceCase(label), value: (value as Entity).name }] : []
  })
  return {
    outcome: 'ask',
    command: intent.command,
    args: intent.args,
    reply: {
      text: `${sentence} For example: ${example}`,
      card: { state: 'accent', icon: 'unknown', topic: 'Question', title: info.summary, sentence, facts },
      buttons: [{ title: 'Go on', intent, form }],
    },
  }
}
