import type { Text } from '../../cards/model.js'
import type { Turn } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'
import { drawState } from './view-state.js'

type MeTurn = Turn<'catalog' | 'onCall' | 'proposals' | 'audit'>

/** Shows the asker's state; where others read along, to the asker alone. */
export async function showState(turn: MeTurn): Promise<Reply> {
  return forAsker(await drawState(turn.person, turn), turn)
}

/** Works the asker's state out from nothing, and shows it. */
export async function refreshState(turn: MeTurn): Promise<Reply> {
  const state = await drawState(turn.person, turn, true)
  const said = (text: Text): Text => ['Worked out anew. ', ...[text].flat()]
  const card = state.card && { ...state.card, ...(state.card.sentence && { sentence: said(state.card.sentence) }) }
  return forAsker({ ...state, text: said(state.text), ...(card && { card }) }, turn)
}

function forAsker(state: Reply, { place }: MeTurn): Reply {
  if (place.kind === 'personal' || place.kind === 'terminal') return state
  return { text: 'Your state is for you alone: nobody else here sees it.', private: state }
}
