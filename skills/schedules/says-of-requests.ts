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
  'need [the] (schedule|scheduled run|scheduled change) {schedule} (cancelled|canceled|removed|deleted|stopped|gone|off)',
  'need {schedule} (unscheduled|off the schedule|taken off the schedule)',
  'get rid of [the] (schedule|scheduled run|scheduled change|timer) {schedule}',
  '(delete|remove|cancel|stop|drop|abort|kill) [the] (scheduled|recurring) (change|run|job|action|restart) {schedule}',
  '(delete|remove|cancel|stop|drop|kill) [the] (cron|cron job|timer|timed job|recurrence) {schedule}',
  '(pull|strike|take|remove|get) {schedule} (off|from) the schedule',
  '(request|need) [a|the] cancellation of [the] schedule {schedule}',
  '(retire|bin|ditch|axe|end) [the] schedule {schedule}',
]
