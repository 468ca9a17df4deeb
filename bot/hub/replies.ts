import type { CardBody } from '../../cards/model.js'
import { Fault, type FaultCode } from '../../skills/kit/errors.js'
import type { Entity } from '../../skills/kit/model.js'
import type { Catalog, CommandInfo } from '../../skills/kit/ports.js'
import type { Button, Intent, Reply } from '../../skills/kit/reply.js'
import type { Suggestion, Understanding } from '../language/understanding.js'
import type { Outcome } from './outcome.js'

/** What the hub itself says: questions back, suggestions and refusals. Skills say everything else. */

type Of<O extends Understanding['outcome']> = Extract<Understanding, { outcome: O }>

/** Asks which of several things was meant, a button each. */
export async function askWhich(
  { intent, argument, options }: Of<'choose'>,
  catalog: Pick<Catalog, 'get'>,
): Promise<Outcome> {
  const found = await Promise.all(options.slice(0, 6).map(({ ref }) => catalog.get(ref)))
  const entities = found.filter((entity) => entity !== undefined)
  const question = 'Which one do you mean?'
  const rows = entities.map((entity) => ({ text: entity.name, note: describe(entity) }))
  const buttons = entities.map((entity): Button => ({
    title: entity.name,
    intent: { ...intent, args: { ...intent.args, [argument]: { kind: entity.kind, id: entity.id } } },
  }))
  return {
    outcome: 'ask',
    command: intent.command,
    args: intent.args,
    reply: {
      text: [question, ...rows.map(({ text, note }) => `${text} · ${note}`)].join('\n'),
      card: {
        state: 'accent',
        icon: '?',
        title: question,
        sentence: `${rows.length} things have that name or nearly that name.`,
        sections: [{ title: 'Candidates', rows, open: true }],
      },
      buttons,
    },
  }
}

/** What tells an entity from its namesakes, in a few words. */
function describe({ kind, props }: Entity): string {
  const facts = [props.environment, props.region, props.type, props.summary].filter((fact) => typeof fact === 'string')
  return [kind, ...facts].join(' · ').slice(0, 120)
}

/** Says that nothing has the name, with near ones as buttons. */
export function sayUnknownName({ command, argument, kinds, name, near, args }: Of<'unknown-name'>): Outcome {
  const sentence = `There is no ${kinds.join(' or ').toLowerCase()} called "${name}" in the catalog.`
  const wayOn = near.length
    ? 'Did you mean one of these?'
    : 'Check the name; the catalog knows what Azure, GitHub, Azure DevOps, Entra and PagerDuty show.'
  const buttons = near
    .slice(0, 3)
    .map((one): Button => ({ title: one.name, intent: { command, args: { ...args, [argument]: { ...one.ref } } } }))
  return {
    outcome: 'refuse',
    fault: 'NotFound',
    command,
    args,
    reply: { ...notice('NotFound', sentence, wayOn), buttons },
  }
}

/** Offers the nearest commands where none was meant for sure. */
export function saySuggestions(suggestions: readonly Suggestion[]): Outcome {
  if (!suggestions.length) return sayNothingUnderstood('No command of Nexus is near to that.')
  const sentence = 'I am not sure what you mean. Did you mean one of these?'
  const buttons = suggestions.map(({ title, intent }): Button => ({ title, intent }))
  return {
    outcome: 'suggest',
    args: {},
    reply: {
      text: [sentence, ...suggestions.map(({ title }) => title)].join('\n'),
      card: {
        state: 'emphasis',
        icon: '?',
        title: 'Not sure what you mean',
        sentence: 'The nearest things I can do are below; "help" shows all.',
      },
      buttons: [...buttons, help],
    },
  }
}

const help: Button = { title: 'Show help', intent: { command: 'help.show', args: {} } }

/** Says that nothing was understood, and why. */
export const sayNothingUnderstood = (reason: string): Outcome => ({
  outcome: 'none',
  args: {},
  reply: {
    text: `${reason} Say "help" to see what I can do.`,
    card: { state: 'emphasis', icon: '?', title: 'Nothing understood', sentence: reason },
    buttons: [help],
  },
})

/** Asks for arguments that are absent, in a form. */
export function askForMissing(info: CommandInfo, intent: Intent, missing: readonly string[]): Outcome {
  const form = Object.fromEntries(Object.entries(info.args).filter(([name]) => !(name in intent.args)))
  const labels = missing.map((name) => info.args[name]!.label)
  const sentence = `To answer I need: ${labels.join(', ')}.`
  return {
    outcome: 'ask',
    command: intent.command,
    args: intent.args,
    reply: {
      text: `${sentence} For example: ${info.example.replace(/\{(\w+)\}/g, (_, name: string) => `<${info.args[name]?.label ?? name}>`)}`,
      card: { state: 'accent', icon: '?', title: info.summary, sentence },
      buttons: [{ title: info.summary, intent, form }],
    },
  }
}

const faces: Record<FaultCode, Pick<CardBody, 'state' | 'icon' | 'title'>> = {
  NotFound: { state: 'warning', icon: '○', title: 'Not found' },
  NotAllowed: { state: 'attention', icon: '⊘', title: 'Not allowed' },
  BadInput: { state: 'warning', icon: '!', title: 'That cannot be done as asked' },
  Conflict: { state: 'warning', icon: '⇄', title: 'It does not fit the present state' },
  Unavailable: { state: 'attention', icon: '▲', title: 'Does not answer' },
}

const notice = (code: FaultCode, message: string, wayOn?: string): Reply => ({
  text: [message, wayOn].filter(Boolean).join(' '),
  card: {
    ...faces[code],
    status: 'nothing was changed',
    sentence: message,
    ...(wayOn && { sections: [{ title: 'What to do', rows: [{ text: wayOn }], open: true }] }),
  },
})

/** One card line for each class of failure; what is not one of them is a fault of Nexus and says no more than that. */
export function refuse(intent: Intent, error: unknown): Outcome {
  const fault =
    error instanceof Fault
      ? error
      : new Fault(
          'Unavailable',
          'Something in Nexus failed while answering this.',
          'Try again; if it stays, your administrator finds the reason in the log.',
        )
  return {
    outcome: 'refuse',
    fault: fault.code,
    command: intent.command,
    args: intent.args,
    reply: notice(fault.code, fault.message, fault.wayOn),
  }
}
