import type { Row } from '../../cards/model.js'
import { answer } from '../kit/answer.js'
import type { Turn } from '../kit/ports.js'
import type { Records } from '../kit/records.js'
import type { Button, Reply } from '../kit/reply.js'
import { thumbKind, type Feedback } from './feedback.js'

/** Most thumbs that are read; the newest of them are shown. */
const most = 1_000
const shown = 20
/** Longest question and remark on a row, in characters. */
const longest = 160

/** All thumbs that are kept, the newest first. */
export async function readFeedback(records: Pick<Records, 'find'>): Promise<Feedback[]> {
  const found = await records.find<Feedback>({ kind: thumbKind, limit: most })
  return found.map(({ data }) => data).sort((a, b) => (a.at < b.at ? 1 : -1))
}

/** Lists what people said of answers: the question, what it was taken for, and what they wrote. */
export async function listFeedback(which: 'up' | 'down' | undefined, { records }: Turn<'records'>): Promise<Reply> {
  const all = await readFeedback(records)
  const asked = all.filter(({ reaction }) => !which || (reaction === 'like') === (which === 'up'))
  const down = all.filter(({ reaction }) => reaction === 'dislike').length
  const sentence = all.length
    ? `${down} of ${all.length} ${all.length === 1 ? 'thumb is' : 'thumbs are'} down. “nexus feedback export” makes cases of them.`
    : 'Nobody has rated an answer yet. Answers that my phrases did not settle carry thumbs in Teams.'
  return answer({
    state: down ? 'warning' : 'accent',
    icon: 'unknown',
    topic: 'Feedback',
    title: 'Feedback on answers',
    ...(asked.length && { status: asked.length.toLocaleString('en') }),
    sentence,
    ...(asked.length && {
      sections: [
        {
          kind: 'rows' as const,
          rows: asked.slice(0, shown).map(thumbRow),
          ...(asked.length > shown && { total: asked.length }),
        },
      ],
    }),
  })
}

function thumbRow({ question, reaction, outcome, command, offered, text, by, at }: Feedback): Row<Button> {
  const taken = offered?.length ? `offered ${offered.join(', ')}` : `${outcome}${command ? ` ${command}` : ''}`
  return {
    title: [{ strong: question.slice(0, longest) }],
    detail: [
      `${reaction === 'like' ? 'Thumb up' : 'Thumb down'} · ${taken} · ${by.name} · `,
      { time: at },
      ...(text ? [` · ${text.slice(0, longest)}`] : []),
    ],
  }
}
