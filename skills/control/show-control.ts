import type { Row } from '../../cards/model.js'
import { answer } from '../kit/answer.js'
import type { Turn } from '../kit/ports.js'
import type { Button, Reply } from '../kit/reply.js'
import { sayStopped, thrown, type Switch } from './switches.js'
import { undoOf } from './throw-switches.js'

/** Says what is stopped, by whom, since when and why. */
export async function showControl(turn: Turn<'records' | 'commands'>): Promise<Reply> {
  const switches = (await thrown(turn.records)).sort((a, b) => (a.at < b.at ? 1 : -1))
  const readOnly = switches.find(({ what }) => 'readOnly' in what)
  const stopped = switches.filter(({ what }) => !('readOnly' in what))
  if (!switches.length)
    return answer(
      {
        state: 'good',
        topic: 'Control',
        title: 'Nothing is stopped',
        status: 'open',
        sentence: 'Changes may be asked for, approved and run; notes may be made.',
      },
      { sources: [{ name: 'Nexus', asOf: turn.now }] },
    )
  const status = readOnly ? 'read-only' : `${stopped.length} stopped`
  return answer(
    {
      state: 'warning',
      icon: 'careful',
      topic: 'Control',
      title: readOnly ? 'Nexus is in read-only mode' : 'Changes are stopped',
      status,
      sentence: readOnly
        ? ['Nexus answers and hears alerts, and takes neither notes nor changes, since ', { time: readOnly.at }, '.']
        : `Stopped: ${stopped.map(({ what }) => subjectOf(what)).join(', ')}. Everything else goes on.`,
      sections: [{ kind: 'rows', rows: switches.map(rowOf) }],
    },
    { buttons: switches.map(buttonOf), sources: [{ name: 'Nexus', asOf: turn.now }] },
  )
}

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
