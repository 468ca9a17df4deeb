import type { TurnRecord } from '../hub/turn-record.js'
import type { Log } from '../log.js'

/** Says each turn in the log, without the text and without its person's name, and hands it to the audit, which answers when it has it. */
export const recordTurns =
  (log: Log, audit: (turn: TurnRecord) => Promise<void> | void) =>
  (turn: TurnRecord): Promise<void> | void => {
    const { by, reason: _reason, error, ...said } = turn
    log[error === undefined ? 'info' : 'error']('turn', {
      ...said,
      person: by.objectId,
      ...(error !== undefined && { error }),
    })
    return audit(turn)
  }
