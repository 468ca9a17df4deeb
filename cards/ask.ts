import type { Button, CardData, Input, Text } from './model.js'
import { english, type Words } from './words.js'

/** What a form is about, its questions, the button that sends them and, where there is one, the stored intent of "Cancel". */
export type Form = { topic: string; title: string; sentence?: Text; inputs: Input[]; submit: Button; cancel?: string }

/** Asks for arguments: labelled inputs, a positive button that checks and sends them, and a way out that checks nothing. */
export function ask(form: Form, words: Words = english): CardData {
  const { topic, title, sentence, inputs, submit, cancel } = form
  const positive: Button = submit.kind === 'open-url' ? submit : { ...submit, style: submit.style ?? 'positive' }
  const way: Button[] = cancel ? [{ kind: 'execute', title: words.cancel, id: cancel, ignoresInputs: true }] : []
  return {
    state: 'accent',
    icon: 'document',
    topic,
    title,
    sentence,
    sections: [{ kind: 'form', inputs }],
    buttons: [positive, ...way],
  }
}
