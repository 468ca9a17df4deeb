import { badInput } from '../../skills/kit/errors.js'
import type { Json, Person } from '../../skills/kit/model.js'
import type { Catalog, PortName, Turn } from '../../skills/kit/ports.js'
import type { Button, Intent, Reply, ViewRef } from '../../skills/kit/reply.js'
import type { Hearing } from '../language/understanding.js'
import type { Reader } from './access/access.js'
import { catalogFor } from './access/catalog-for.js'
import { demand, permit, useOf } from './access/permit.js'
import { demandToSee } from './access/demand-to-see.js'
import { trimmedPorts } from './access/trimmed-ports.js'
import { thingsOf } from './audience/cut-reply.js'
import { sayInPlaces, type InPlaces } from './audience/say-in-places.js'
import { askForMissing } from './ask-for-missing.js'
import { createComposeBox, type ComposeBox } from './compose-box/compose-box.js'
import type { Caller } from './caller.js'
import { commandsPort } from './commands-port.js'
import { rateableOf } from './conversation/rateable-of.js'
import { createConversation } from './conversation/conversation.js'
import { readForm } from './form.js'
import type { HubParts, ReadBy } from './hub-parts.js'
import { createListener } from './listener.js'
import { lookingAgain } from './look-again.js'
import { turnMaker } from './make-turn.js'
import type { Outcome } from './outcome.js'
import { offeringInstead } from './offer-instead.js'
import { overhearing, type Overheard } from './overhear.js'
import { parseArguments } from './parse-arguments.js'
import { presentable } from './presentable.js'
import type { BuiltRegistered, Registered } from './registry.js'
import { sayGone } from './replies.js'
import { plannedIntent, sayPlanned } from './say-planned.js'
import { sayUnderstood } from './say-understood.js'
import { turnRecorder } from './turn-recorder.js'
import { createUnasked, type Unasked } from './unasked.js'
import { shownAgain } from './shown-again.js'
import { nowhere, viewerOf } from './viewer-of.js'
import { within } from './within.js'

/** The turn: hears words, clicks and intents, and answers with what to say. */
export interface Hub extends Unasked, ComposeBox, Pick<InPlaces, 'drawIn'> {
  /** The catalog as those see it who read something: what their choices and names are taken from. */
  catalogFor(by: ReadBy): Promise<Catalog>
  /** Understands words and runs what they mean. */
  hear(text: string, caller: Caller): Promise<Outcome>
  /** Hears words that mention nobody, where a team lets it; undefined where it stays silent. */
  overhear(heard: Overheard, caller: Caller): Promise<Outcome | undefined>
  /** Runs an intent through permission, as typed words would. */
  run(intent: Intent, caller: Caller): Promise<Outcome>
  /** Runs a stored button, with the form's inputs where it had one. */
  press(button: Button, inputs: Record<string, Json>, caller: Caller): Promise<Outcome>
}

/** Builds the turn of one or more tenants; it holds no state of its own. */
export function createHub(parts: HubParts): Hub {
  const unasked = createUnasked(parts)
  const inPlace = sayInPlaces(parts, draw)
  const listener = createListener(parts)
  const conversation = createConversation(parts, listener)
  const { record, refusalOf } = turnRecorder(parts, inPlace.outcome)
  const turnFor = turnMaker(parts, listener.permissionsFor, run)
  const hub: Hub = {
    run,
    ...conversation.remembering({ hear, press }),
    ...unasked,
    draw: (view, viewer) => draw(view, viewer),
    drawIn: inPlace.drawIn,
    catalogFor: (by) => catalogFor(parts, by),
    overhear: overhearing(parts, listener, unasked, (text, by) => hub.hear(text, by)),
    ...createComposeBox({
      ...{ ...parts, allowed, record },
      readerOf: inPlace.readerOf,
      perform: async (intent, caller) => inPlace.outcome(await perform(intent, caller, parts.newId()), caller),
      turnOf: (found, caller, moment, reader) =>
        turnFor(found, { command: found.info.id, args: {} }, caller, moment, reader),
    }),
  }
  const { access } = parts
  return hub

  async function hear(text: string, caller: Caller): Promise<Outcome> {
    const { person } = caller
    // A mention and nothing else is somebody who wants to know what to say.
    if (!text.trim()) return run({ command: 'help.show', args: {} }, caller)
    return record(caller, undefined, async () => {
      const reader = await access.of(person)
      const { catalog } = reader
      const understanding = await conversation.understood(text, caller, reader)
      const tongue = 'tongue' in understanding && understanding.tongue ? { tongue: understanding.tongue } : {}
      const rated = (outcome: Outcome): Outcome => ({
        ...outcome,
        ...tongue,
        ...rateableOf(text, understanding, outcome),
      })
      const { offers } = commandsPort(parts.registry, caller, run)
      const planned = plannedIntent(understanding, (id) => parts.registry.find(id)?.info.planned === true)
      if (planned) return { recorded: rated(await run(planned, caller)) }
      if ('intent' in understanding && understanding.outcome !== 'choose' && understanding.outcome !== 'confirm')
        return { recorded: offeringInstead(rated(await run(understanding.intent, caller)), understanding, offers) }
      return rated(
        await sayUnderstood(understanding, {
          catalog,
          commands: commandsPort(parts.registry, caller, run),
          demandUse: (command) => void allowed(command, caller),
        }),
      )
    })
  }

  function run(intent: Intent, caller: Caller): Promise<Outcome> {
    return record(caller, intent, (id) => perform(intent, caller, id))
  }

  /** The command, for somebody who may use it: nothing is told of names and choices to others. */
  function allowed(command: string, { person }: Caller): Registered {
    const found = parts.registry.find(command)
    if (!found) throw badInput(`There is no command ${command}.`, 'Say “help” to see what there is.')
    demand(permit({ person, use: useOf(found) }))
    return found
  }

  async function perform(intent: Intent, caller: Caller, id: string): Promise<Outcome> {
    const found = allowed(intent.command, caller)
    const { command, info } = found
    const { person, input = 'words' } = caller
    const reader = await inPlace.readerOf(caller)
    const { catalog } = lookingAgain({
      ...parts,
      understand: (hearing: Hearing) => parts.understand(hearing, reader.mayName),
      catalog: demandToSee(reader, access.whole),
    })
    const commands = commandsPort(parts.registry, caller, run)
    const offered = (button: Button) => commands.offers(button.intent.command)
    const now = parts.clock.now()
    if (command.planned) return sayPlanned({ command, info }, intent, { catalog, offered, now, person })
    const parsed = await parseArguments(command.args, intent.args, catalog)
    if (parsed.missing) return askForMissing(info, intent, parsed.missing, parsed.values)
    const signal = AbortSignal.timeout(parts.patience)
    // Read twice for those who read along, it is read as of one moment.
    const moment = { id, now, signal }
    const [turn, built] = [turnFor(found, intent, caller, moment, reader), { ...found, command }]
    const executed = await within(signal, execute(built, parsed.values, intent, caller, turn))
    const follows = input === 'words' && !caller.alone && executed.view && !executed.posted
    const reply: Reply =
      follows && (await parts.changes.show(executed.view!, caller, id)) ? { ...executed, posted: true } : executed
    const viewer = viewerOf(caller)
    const shown = reply.view ? await withView(reply, reply.view, viewer, caller.aloud ? reader : undefined) : reply
    const present = (one: Reply) => (one.view && viewer === 'everyone' ? one : presentable(one, offered))
    const things = thingsOf(intent.args)
    const forAll =
      viewer === 'everyone' && command.effect === 'read' && !reply.posted && !caller.aloud
        ? await inPlace.readAgain({ reply: present(shown), place: caller.place, reader, things }, async (everyone) => {
            const again = turnFor(found, intent, caller, moment, everyone)
            const read = await within(signal, execute(built, parsed.values, intent, caller, again))
            return present(read.view ? await withView(read, read.view, viewer, everyone) : read)
          })
        : undefined
    return {
      ...(forAll && { forAll }),
      outcome: command.effect === 'note' ? 'note' : command.effect === 'change' ? 'propose' : 'answer',
      command: intent.command,
      args: intent.args,
      // What everyone sees is the view's own doing; each press of it is permitted anew.
      reply: present(shown),
    }
  }

  async function execute(
    found: BuiltRegistered,
    values: Record<string, unknown>,
    intent: Intent,
    caller: Caller,
    turn: Turn<PortName>,
  ): Promise<Reply> {
    const { command } = found
    if (command.effect === 'note') demand(await parts.mayNote?.(found))
    if (command.effect !== 'change') return command.run(values as never, turn)
    await parts.changes.admit(found, caller)
    if ('propose' in command) return command.propose(values as never, turn)
    const plan = await command.plan(values as never, turn)
    return parts.changes.propose({ found, intent, plan, turn: turn.id }, caller)
  }

  async function draw(view: ViewRef, viewer: Person | 'everyone', by?: Reader): Promise<Reply> {
    const reader = viewer === 'everyone' ? by : await access.of(viewer)
    if (viewer !== 'everyone' && !reader!.maySeeRef(view)) return sayGone(view)
    const reply = await unasked.draw(view, viewer, reader && trimmedPorts(parts.ports, reader))
    if (viewer === 'everyone') return reply
    const commands = commandsPort(parts.registry, { person: viewer, place: nowhere }, run)
    return presentable(reply, (button) => commands.offers(button.intent.command))
  }

  /** A reply whose card is a record's, drawn for whoever reads it; its own words stand first. */
  async function withView(reply: Reply, view: ViewRef, viewer: Person | 'everyone', by?: Reader): Promise<Reply> {
    const { text, posted, private: aside } = reply
    return {
      ...(await draw(view, viewer, by)),
      text,
      view,
      ...(posted && { posted }),
      ...(aside && { private: aside }),
    }
  }

  async function press(button: Button, inputs: Record<string, Json>, by: Caller): Promise<Outcome> {
    const outcome = await follow(button, inputs, by)
    if (!button.then) return outcome
    await parts.caughtUp?.()
    return shownAgain(outcome, button.then, by, draw)
  }

  async function follow(button: Button, inputs: Record<string, Json>, by: Caller): Promise<Outcome> {
    const { form, intent } = button
    const caller: Caller = { ...by, input: 'click' }
    if (!form) return run(intent, caller)
    return record(caller, intent, async () => {
      allowed(intent.command, caller)
      try {
        const { catalog } = await access.of(caller.person)
        const args = await readForm(form, inputs, catalog, { now: parts.clock.now(), zone: caller.person.zone })
        return { recorded: await run({ ...intent, args: { ...intent.args, ...args } }, caller) }
      } catch (error) {
        // The answer takes the form's place on the card, so it brings the form again.
        const refused = refusalOf(intent, error)
        return { ...refused, reply: { ...refused.reply, buttons: [button] } }
      }
    })
  }
}
