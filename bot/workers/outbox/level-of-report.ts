import type { OutboxReport } from './outbox-worker.js'

/** Attempts after which it is worth a look that an item was not said yet: half a minute and more. */
const patientAttempts = 5

/** How loud a report is: what waits for a person or is tried for long is a warning; a rate limit or a passing fault is daily business. */
export const levelOfReport = ({ state, attempts }: Pick<OutboxReport, 'state' | 'attempts'>): 'info' | 'warn' =>
  state === 'sent' || (state === 'retry' && attempts < patientAttempts) ? 'info' : 'warn'
