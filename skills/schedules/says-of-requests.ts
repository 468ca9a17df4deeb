/** Plain requests to end what is done on a schedule, in the many verbs and orders in which they are made. */
export const cancelRequests = [
  '(cancel|stop|end|delete|remove|drop|disable|kill|scrap|abort|discontinue|suspend|terminate|get rid of|call off|switch off|turn off|shut off|deactivate|take down|clear|revoke) [the|my|our] (schedule|scheduled|planned|recurring|timer|scheduled run of|schedule of|schedule for|schedule called|schedule named) {schedule}',
  '(cancel|stop|end|delete|remove|drop|disable|kill|scrap|abort|discontinue|suspend|terminate|get rid of|call off|switch off|turn off|shut off|deactivate|take down|clear) [the|my|our] {schedule} (schedule|timer|recurrence)',
  '(take|remove|delete|strike|pull|drop) {schedule} (off|from) the (schedule|schedules|calendar|list of schedules|plan)',
  '(turn|switch|shut) [the] (schedule|timer) [of|for] {schedule} off',
  '(turn|switch|shut) [the] {schedule} (schedule|timer) off',
  '(unschedule|deschedule|de-schedule|un-schedule) [the] {schedule}',
  '(need|want|have|get) [the] (schedule|scheduled) {schedule} (cancelled|canceled|stopped|removed|deleted|gone|off|ended|switched off|turned off)',
  '(need|want|have|get) [the] {schedule} schedule (cancelled|canceled|stopped|removed|deleted|gone|off|ended|switched off|turned off)',
]
