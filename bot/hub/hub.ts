import { Fault, badInput, conflict } from '../../skills/kit/errors.js'
import type { Instant, Json, Person, Place } from '../../skills/kit/model.js'
import type { CommandInfo, Ports } from '../../skills/kit/ports.js'
import type { Button, Intent } from '../../skills/kit/reply.js'
import type { Hearing, Understanding } from '../language/understanding.js'
import { readForm } from './form.js'
import { narrowPorts } from './narrow-ports.js'
import type { Outcome } from './outcome.js'
import { parseArguments } from './parse-arguments.js'
import { permit } from './permit.js'
import { presentable } from './presentable.js'
import type { Registered, Registry } from './registry.js'
import { askForMissing, askWhich, refuse, saySuggestions, sayUnknownName, sayNothingUnderstood } from './replies.js'

/** Who asks, and where: from the verified activity or token, never from what was said. */
export interface Caller {
  person: Person
  place: Place
  /** Entities mentioned with @. */
  mentions?: Hearing['mentions']
}

/** What the hub is made of; everything that touches the world is a port. */
export interface HubParts {
  registry: Registry
  /** The ports for one caller: `commands` answers for that person, `catalog` for that tenant. */
  portsFor(caller: Caller, hub: Hub): Ports
  understand(hearing: Hearing): Promise<Understanding>
  clock: { now(): Instant }
  newId(): string
  /** One line of the log a turn; never the text people wrote, which may hold what is not for logs. */
  record(turn: TurnRecord): void
  /** How long a command may take, in milliseconds. */
  patience: number
}

/** What is known of a turn when it ended. */
export interface TurnRecord {
  id: string
  tenant: string
  person: string
  command?: string
  outcome: Outcome['outcome']
  /** The cause of a refusal that was not the asker's doing. */
  error?: unknown
}

/** The turn: hears words, clicks and intents, and answers with what to say. */
export interface Hub {
  /** Understands words and runs what they mean. */
  hear(text: string, caller: Caller): Promise<Outcome>
  /** Runs an intent through permission, as typed words would. */
  run(intent: Intent, caller: Caller): Promise<Outcome>
  /** Runs a stored button, with the form's inputs where it had one. */
  press(button: Button, inputs: Record<string, Json>, caller: Caller): Promise<Outcome>
}

/** Builds the turn of one or more tenants; it holds no state of its own. */
export function createHub(parts: HubParts): Hub {
  const hub: Hub = { hear, run, press }
  return hub

  async function hear(text: string, caller: Caller): Promise<Outcome> {
    const { person } = caller
    // A mention and nothing else is somebody who wants to know what to say.
    if (!text.trim()) return run({ command: 'help.show', args: {} }, caller)
    return record(caller, undefined, async () => {
      const understanding = await parts.understand({
        text,
        tenant: person.tenant,
        now: parts.clock.now(),
        zone: person.zone,
        locale: person.locale,
        mentions: caller.mentions ?? [],
        speaker: { kind: 'Person', id: person.id },
      })
      return answerTo(understanding, caller)
    })
  }

  async function answerTo(understanding: Understanding, caller: Caller): Promise<Outcome | Recorded> {
    const ports = parts.portsFor(caller, hub)
    switch (understanding.outcome) {
      case 'intent':
      case 'incomplete':
        return { recorded: await run(understanding.intent, caller) }
      case 'choose':
        allowed(understanding.intent.command, caller)
        return askWhich(understanding, ports.catalog)
      case 'unknown-name':
        allowed(understanding.command, caller)
        return sayUnknownName(understanding)
      case 'suggest':
        return saySuggestions(
          understanding.suggestions.filter(({ intent }) => ports.commands.offers(intent.command)),
          await ports.commands.visible(),
        )
      case 'none':
        return sayNothingUnderstood(understanding.reason, await ports.commands.visible())
    }
  }

  function run(intent: Intent, caller: Caller): Promise<Outcome> {
    return record(caller, intent, (id) => perform(intent, caller, id))
  }

  /** Ends a turn with what it came to, a failure included, and one line of the log. */
  async function record(
    caller: Caller,
    intent: Intent | undefined,
    work: (id: string) => Promise<Outcome | Recorded>,
  ): Promise<Outcome> {
    const id = parts.newId()
    const finish = (outcome: Outcome, error?: unknown): Outcome => {
      const { tenant, objectId } = caller.person
      parts.record({
        id,
        tenant,
        person: objectId,
        outcome: outcome.outcome,
        ...(outcome.command && { command: outcome.command }),
        ...(error !== undefined && { error }),
      })
      return outcome
    }
    try {
      const done = await work(id)
      return 'recorded' in done ? done.recorded : finish(done)
    } catch (error) {
      return finish(
        refuse(intent, aboutOf(intent), error, infoOf(intent)),
        error instanceof Fault ? error.cause : error,
      )
    }
  }

  function aboutOf(intent: Intent | undefined): string {
    return intent ? (infoOf(intent)?.summary ?? intent.command) : 'Your message'
  }

  function infoOf(intent: Intent | undefined): CommandInfo | undefined {
    return intent && parts.registry.find(intent.command)?.info
  }

  /** The command, for somebody who may use it: nothing is told of names and choices to others. */
  function allowed(command: string, { person }: Caller): Registered {
    const found = parts.registry.find(command)
    if (!found) throw badInput(`There is no command ${command}.`, 'Say “help” to see what there is.')
    const decision = permit(person, found.info.role, found.info.slash)
    if (!decision.allowed) throw new Fault('NotAllowed', decision.reason, decision.wayOn)
    return found
  }

  async function perform(intent: Intent, caller: Caller, id: string): Promise<Outcome> {
    const found = allowed(intent.command, caller)
    const ports = parts.portsFor(caller, hub)
    const parsed = await parseArguments(found.command.args, intent.args, ports.catalog)
    if (parsed.missing) return askForMissing(found.info, intent, parsed.missing)
    return execute(found, parsed.values, intent, caller, id, ports)
  }

  async function execute(
    found: Registered,
    values: Record<string, unknown>,
    intent: Intent,
    caller: Caller,
    id: string,
    ports: Ports,
  ): Promise<Outcome> {
    const { command, skill } = found
    if (command.effect === 'change')
      throw conflict(
        `${found.info.summary} would change something outside Nexus, and approvals are not there yet.`,
        'Nothing was changed.',
      )
    const patience = AbortSignal.timeout(parts.patience)
    const frame = {
      id,
      tenant: caller.person.tenant,
      person: caller.person,
      place: caller.place,
      now: parts.clock.now(),
      signal: patience,
    }
    const reply = await within(patience, command.run(values as never, narrowPorts(frame, ports, skill.uses)))
    return {
      outcome: command.effect === 'note' ? 'note' : 'answer',
      command: intent.command,
      args: intent.args,
      reply: presentable(reply, ({ intent }) => ports.commands.offers(intent.command)),
    }
  }

  async function press(button: Button, inputs: Record<string, Json>, caller: Caller): Promise<Outcome> {
    const { form, intent } = button
    if (!form) return run(intent, caller)
    return record(caller, intent, async () => {
      allowed(intent.command, caller)
      try {
        const args = await readForm(form, inputs, parts.portsFor(caller, hub).catalog)
        return { recorded: await run({ ...intent, args: { ...intent.args, ...args } }, caller) }
      } catch (error) {
        // The answer takes the form's place on the card, so it brings the form again.
        const refused = refuse(intent, aboutOf(intent), error, infoOf(intent))
        return { ...refused, reply: { ...refused.reply, buttons: [button] } }
      }
    })
  }
}

/** A turn that ran within another one, and is in the log already. */
interface Recorded {
  recorded: Outcome
}

/** Rejects when the signal aborts first, so that a skill that never ends does not hold its asker. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () =>
      reject(new Fault('Unavailable', 'That took too long, so it was stopped.', 'Try again in a minute.'))
    signal.addEventListener('abort', late, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', late))
  })
}
