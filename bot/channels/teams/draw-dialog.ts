import { renderCard } from '../../../cards/render.js'
import type { DialogAnswer } from '../../hub/dialogs.js'
import { writeHeadline } from '../../hub/headline.js'
import type { DrawnDialog } from './answer-invoke.js'

/** A dialog as its reader sees it, with times on their clock. */
export const drawDialog = (answer: DialogAnswer, now: string, zone: string): DrawnDialog =>
  'says' in answer
    ? { message: writeHeadline(answer.says, now, zone) }
    : { title: answer.title, card: renderCard(answer.card, { now }) }
