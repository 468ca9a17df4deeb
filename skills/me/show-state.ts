import type { Text } from '../../cards/model.js'
import type { Turn } from '../kit/ports.js'
import type { Intent, Reply } from '../kit/reply.js'
import { rereadMine } from './reread-mine.js'
import { drawState } from './view-state.js'

type MeTurn = Turn<'catalog' | 'onCall' | 'proposals' | 'audit'>

/** Shows the asker's state; where others read along, to the asker alone. */
export async function showState(turn: MeTurn): Promise<Reply> {
  return forAsker(await drawState(turn.person, turn), turn)
}

/**
 * Has what is the asker's read anew at its sources, works their state out from nothing, and shows it with what came of that. Of having
 * looked again nothing can be taken back: the way back is the state as it is kept.
 */
export async function refreshState(turn: MeTurn & Turn<'rereading'>): Promise<Reply & { undo: Intent }> {
  const came = await rereadMine(turn)
  const state = await drawState(turn.person, turn, true)
  const said = (text: Text): Text => [`${came} `, ...[text].flat()]
  const card = state.card && { ...state.card, ...(state.card.sentence && { sentence: said(state.card.sentence) }) }
  const shown = forAsker({ ...state, text: said(state.text), ...(card && { card }) }, turn)
  return { ...shown, undo: { command: 'me.show', args: {} } }
}

function forAsker(state: Reply, { place }: MeTurn): Reply {
  if (place.kind === 'personal' || place.kind === 'terminal') return state
  return { text: 'Your state is for you alone: nobody else here sees it.', private: state }
}
