import { badInput, notFound } from '../kit/errors.js'
import { answer } from '../kit/answer.js'
import type { Json } from '../kit/model.js'
import type { CommandInfo, Turn } from '../kit/ports.js'
import type { Kept, RecordWrite } from '../kit/records.js'
import type { Intent, Reply } from '../kit/reply.js'
import { sayStopped, switchboard, switchId, type Stopped, type Switch } from './switches.js'

export type ControlTurn = Turn<'records' | 'commands'>

const everything = /^(all|every(thing)?)?( changes?)?$/i

/**
 * What words name: everything where they say so or nothing, a skill, or a command that changes something, by its id with or without the
 * skill's name. @throws Fault NotFound, BadInput where it changes nothing
 */
export async function readTarget(words: string | undefined, { commands }: ControlTurn): Promise<Stopped> {
  const said = (words ?? '').trim().toLowerCase()
  if (everything.test(said)) return { everything: true }
  const name = said.replace(/^(the )?(skill|action)s? /, '').replace(/^\//, '')
  const all = await commands.visible()
  const changes = all.filter(({ effect }) => effect === 'change')
  const action =
    changes.find(({ id }) => id === name) ??
    onlyOne(changes.filter(({ id }) => id.endsWith(`.${name}`) || shortOf(id) === name))
  if (action) return { action: action.id }
  if (all.some(({ skill }) => skill === name)) {
    if (changes.some(({ skill }) => skill === name)) return { skill: name }
    throw badInput(
      `${name} changes nothing outside Nexus, so there is nothing to stop.`,
      'Read-only mode stops notes too: “read-only mode on”.',
    )
  }
  throw notFound(
    `No skill and no action is called “${name}”.`,
    changes.length
      ? `Actions are called, for example, ${changes
          .slice(0, 3)
          .map(({ id }) => shortOf(id))
          .join(', ')}.`
      : 'No action is known here.',
  )
}

const onlyOne = (found: CommandInfo[]): CommandInfo | undefined => (found.length === 1 ? found[0] : undefined)

/** `web-app.restart` of `action.web-app.restart`. */
const shortOf = (id: string): string => id.slice(id.indexOf('.') + 1)

/** Throws a switch, in one commit with its line of the audit log; one that is thrown stays as it is. */
export async function stop(what: Switch['what'], reason: string, turn: ControlTurn): Promise<Switch> {
  const before = await find(what, turn)
  if (before) return before.data
  const { id, objectId, name } = turn.person
  const by = { id, objectId, name }
  const thrown: Switch = { what, by, at: turn.now, reason: reason.trim().replace(/\.$/, '') }
  const put: RecordWrite = {
    op: 'put',
    kind: switchboard.kind,
    id: switchId(what),
    data: thrown as unknown as Json,
    ifAbsent: true,
  }
  const action = 'readOnly' in what ? 'control.read-only-on' : 'control.stopped'
  await turn.records.commit(switchboard.partition, [put, audited(action, { what, reason: thrown.reason }, turn)])
  return thrown
}

/** Takes a switch back. @returns it as it was thrown; undefined where it was not */
export async function letGoOn(what: Switch['what'], turn: ControlTurn): Promise<Switch | undefined> {
  const before = await find(what, turn)
  if (!before) return undefined
  const { kind, id, etag, data } = before
  const action = 'readOnly' in what ? 'control.read-only-off' : 'control.resumed'
  await turn.records.commit(switchboard.partition, [
    { op: 'delete', kind, id, ifMatch: etag },
    audited(action, { what, thrown: { by: data.by.id, at: data.at, reason: data.reason } }, turn),
  ])
  return data
}

const find = (what: Switch['what'], { records }: ControlTurn): Promise<Kept<Switch> | undefined> =>
  records.get<Switch>({ ...switchboard, id: switchId(what) })

/** The line of the audit log that goes with what somebody throws or freezes. */
export const audited = (action: string, detail: Record<string, unknown>, { id, person }: ControlTurn): RecordWrite => ({
  op: 'audit',
  entry: {
    action,
    by: { id: person.id, objectId: person.objectId, name: person.name },
    detail: detail as Record<string, Json>,
    turn: id,
  },
})

/** What a person reads who threw a switch, or found it thrown. */
export function sayThrown({ what, by, at, reason }: Switch, turn: ControlTurn): Reply & { undo: Intent } {
  const undo = undoOf(what)
  const isMine = at === turn.now && by.id === turn.person.id
  const readOnly = 'readOnly' in what
  const done = readOnly ? 'Nexus is in read-only mode' : `Stopped: ${sayStopped(what)}`
  const effect = readOnly
    ? 'It answers, and hears alerts; it takes neither notes nor changes.'
    : 'None can be asked for, approved or started. What was sent already runs to its end; notes on incidents go on.'
  return {
    ...answer(
      {
        state: 'warning',
        icon: 'careful',
        topic: 'Control',
        title: readOnly ? 'Read-only mode is on' : done,
        sentence: isMine ? effect : [`It was so already, by ${by.name}, since `, { time: at }, `. ${effect}`],
        facts: [
          { label: 'Reason', value: reason },
          { label: 'By', value: by.name },
        ],
      },
      {
        headline: `${done}. ${effect}`,
        buttons: [
          { title: readOnly ? 'Turn read-only mode off' : `Resume ${sayStopped(what)}`, intent: undo },
          { title: 'Show control', intent: { command: 'control.show', args: {} } },
        ],
      },
    ),
    undo,
  }
}

/** The command that takes a switch back. */
export const undoOf = (what: Switch['what']): Intent =>
  'readOnly' in what
    ? { command: 'control.read-only', args: { mode: 'off' } }
    : {
        command: 'control.resume',
        args: 'everything' in what ? {} : { what: 'skill' in what ? what.skill : what.action },
      }

/** What a person reads who let something go on. */
export function sayGoesOn(what: Switch['what'], before: Switch | undefined): Reply & { undo: Intent } {
  const ended = 'readOnly' in what ? 'Read-only mode is off' : `Not stopped any more: ${sayStopped(what)}`
  const subject = before || 'readOnly' in what ? ended : `Nothing to resume: ${sayStopped(what)}`
  const undo: Intent =
    'readOnly' in what
      ? { command: 'control.read-only', args: { mode: 'on', reason: before?.reason ?? 'Taken back' } }
      : {
          command: 'control.stop',
          args: {
            ...('everything' in what ? {} : { what: 'skill' in what ? what.skill : what.action }),
            reason: before?.reason ?? 'Taken back',
          },
        }
  const sentence = before
    ? `It stood since ${before.at.slice(0, 16).replace('T', ' ')} UTC, by ${before.by.name}: ${before.reason}.`
    : 'It was not stopped.'
  return {
    ...answer(
      {
        ...(before ? { state: 'good', icon: 'done' } : { state: 'emphasis' }),
        topic: 'Control',
        title: subject,
        sentence,
      },
      {
        headline: `${subject}. ${sentence}`,
        buttons: before
          ? [{ title: 'readOnly' in what ? 'Turn it on again' : `Stop ${sayStopped(what)} again`, intent: undo }]
          : [],
      },
    ),
    undo,
  }
}
