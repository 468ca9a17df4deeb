import { answer } from '../kit/answer.js'
import type { Intent, Reply } from '../kit/reply.js'
import { changeSetting, undoOf, type SettingTurn } from './set-digest.js'

/** Stops the digest of whoever asks; its time is kept for when it is started again. */
export async function stopDigest(turn: SettingTurn): Promise<Reply & { undo: Intent }> {
  const { before } = await changeSetting(turn, (setting) => ({ ...setting, on: false, chosen: true }))
  const undo = undoOf(before)
  const sentence = before.on ? 'You get no more digests.' : 'You got no digests before either.'
  return {
    undo,
    ...answer(
      {
        state: 'emphasis',
        icon: 'done',
        topic: 'My digest',
        title: 'Stopped',
        sentence: `${sentence} “start my digest” brings them back at the time you had; “my digest” shows one at any time.`,
      },
      { headline: sentence, buttons: before.on ? [{ title: 'Undo', intent: undo }] : [] },
    ),
  }
}
