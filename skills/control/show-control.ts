import type { Row } from '../../cards/model.js'
import { answer } from '../kit/answer.js'
import type { Turn } from '../kit/ports.js'
import type { Button, Reply } from '../kit/reply.js'
import { unfreezeIntent } from './freeze-changes.js'
import { sayFrozen, sayMoment, standingFreezes, type AdminFreeze } from './freezes.js'
import { sayStopped, thrown, type Switch } from './switches.js'
import { undoOf } from './throw-switches.js'

/** Says what is stopped or frozen, by whom, since when and why. */
export async function showControl(turn: Turn<'records' | 'commands'>): Promise<Reply> {
  const [switches, freezes] = await Promise.all([thrown(turn.records), standingFreezes(turn.records, turn.now)])
  switches.sort((a, b) => (a.at < b.at ? 1 : -1))
  const readOnly = switches.find(({ what }) => 'readOnly' in what)
  const stopped = switches.filter(({ what }) => !('readOnly' in what))
  const sources = [{ name: 'Nexus', asOf: turn.now }]
  if (!switches.length && !freezes.length)
    return answer(
      {
        state: 'good',
        topic: 'Control',
        title: 'Nothing is stopped',
        status: 'open',
        sentence: 'Changes may be asked for, approved and run; notes may be made.',
      },
      { sources },
    )
  const frozen = freezes.map(({ data }) => `${sayFrozen(data.scope)} ${sayWhen(data, turn.now)}`).join(', ')
  const sentence = readOnly
    ? ['Nexus answers and hears alerts, and takes neither notes nor changes, since ', { time: readOnly.at }, '.']
    : [
        ...(stopped.length ? [`Stopped: ${stopped.map(({ what }) => subjectOf(what)).join(', ')}.`] : []),
        ...(frozen ? [`Frozen: ${frozen}.`] : []),
        'Everything else goes on.',
      ].join(' ')
  return answer(
    {
      state: 'warning',
      icon: 'careful',
      topic: 'Control',
      title: readOnly
        ? 'Nexus is in read-only mode'
        : stopped.length
          ? 'Changes are stopped'
          : freezes.some(({ data }) => data.from <= turn.now)
            ? 'Changes are frozen'
            : 'A change freeze is to come',
      status: readOnly
        ? 'read-only'
        : [stopped.length && `${stopped.length} stopped`, freezes.length && `${freezes.length} frozen`]
            .filter(Boolean)
            .join(', '),
      sentence,
      sections: [
        { kind: 'rows', rows: [...switches.map(rowOf), ...freezes.map(({ data }) => freezeRow(data, turn.now))] },
      ],
    },
    { buttons: [...switches.map(buttonOf), ...freezes.map(({ data }) => liftButton(data))], sources },
  )
}

const sayWhen = ({ from, to, zone }: AdminFreeze, now: string): string =>
  `${from > now ? `from ${sayMoment(from, zone)} ` : ''}until ${sayMoment(to, zone)}`

const freezeRow = (freeze: AdminFreeze, now: string): Row<Button> => ({
  state: freeze.from > now ? 'emphasis' : 'warning',
  title: sentenceCase(sayFrozen(freeze.scope)),
  detail: `${freeze.by.name}: ${freeze.reason}`,
  end: `frozen ${sayWhen(freeze, now)}`,
})

const liftButton = ({ scope }: AdminFreeze): Button => ({
  title: `Unfreeze ${sayFrozen(scope)}`,
  intent: unfreezeIntent(scope),
})

const subjectOf = (what: Switch['what']): string => ('readOnly' in what ? 'Read-only mode' : sayStopped(what))

const rowOf = ({ what, by, at, reason }: Switch): Row<Button> => ({
  state: 'warning',
  title: sentenceCase(subjectOf(what)),
  detail: `${by.name}: ${reason}`,
  end: [{ since: at }],
})

/** What takes a switch back; those who may not are not shown it. */
const buttonOf = ({ what }: Switch): Button => ({
  title: 'readOnly' in what ? 'Turn read-only mode off' : `Resume ${sayStopped(what)}`,
  intent: undoOf(what),
})

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
