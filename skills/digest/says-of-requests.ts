/** Plain requests for when the digest comes, and that it stops, in the many verbs and orders in which they are made. */
export const setRequests = [
  '(set|move|change|put|push|make|shift|schedule|reschedule|bring|switch|pull|time|adjust|update) my [daily|morning] digest (to|at|for) {time}',
  '(set|move|change|put|push|make|shift|schedule|reschedule|bring|switch|time|adjust) my [daily|morning] digest (to|at|for) {time} (on {days}|{days})',
  '(set|move|change|put|push|make|shift|schedule|reschedule) my digest (to|for) {days} [at {time}]',
  '(send|give|mail|post|deliver|bring|get|show|write) me (my|the|a) [daily|morning|weekly] (digest|summary|briefing|overview) (at {time}|{days} at {time}|at {time} {days}|on {days} at {time}|at {time} on {days})',
  '(need|want|have|get) (my|the|a) [daily|morning] (digest|briefing) (at {time}|{days} at {time}|on {days} at {time}|at {time} on {days}|on {days})',
  '(set up|start|turn on|switch on|enable|activate|schedule) (my|the|a) [daily|morning] digest (at {time}|for {time}|{days} at {time}|at {time} on {days}|on {days})',
  '(make|let|have) (my|the) digest (come|arrive|be|be sent|be there) (at {time}|on {days}|{days} at {time}|at {time} on {days})',
  '(sign me up for|subscribe me to|put me on|wake me with) (my|the|a) [daily|morning] digest (at {time}|on {days}|{days} at {time})',
  '(set|change|move|put) the time of my digest to {time}',
  '(set|change|move|put|switch) the (timezone|time zone|zone) of my digest to {zone}',
  '(set|change|move|put|switch) my digest (timezone|time zone|zone) to {zone}',
  '(set|change|switch) the digest (timezone|time zone|zone) to {zone}',
  'use {zone} [time] for my digest',
  '(start|begin) (sending|giving|mailing) me (my|the) [daily|morning] digest [at {time}]',
  '(brief|update) me (at {time}|{days} at {time}|at {time} {days})',
]
export const offRequests = [
  '(stop|end|cancel|drop|delete|kill|pause|mute|suspend|disable|deactivate|remove|terminate|discontinue|silence) (my|the) [daily|morning] (digest|briefing|digest mail)',
  '(stop|quit|cease|end) (sending|mailing|giving|posting) [me] (my|the|a) [daily|morning] (digest|briefing)',
  '(take|leave|keep|get|remove|drop|sign|opt) me (off|out of|from|off from) the [daily|morning] digest',
  '(turn|switch|shut) (my|the) [daily|morning] (digest|briefing) off',
  '(set|put|switch) (my|the) digest (to off|off|on pause|on hold)',
  '(spare|save) me the [daily|morning] (digest|briefing)',
  '(need|want|have|get) (my|the) digest (off|stopped|turned off|switched off|cancelled|canceled|ended)',
  '(need|want) no [daily|morning] digest [any more]',
]
