/** Plain requests to end a run, or to take it back, in the many verbs and orders in which they are made. */
export const saysOfRequests = {
  cancel: [
    '(cancel|stop|abort|end|halt|kill|terminate|interrupt|quit|break off|call off|cut off|shut down) [the] (run|execution|execution of|run of|job|running of) {run}',
    '(cancel|stop|abort|end|halt|kill|terminate|interrupt|quit|break off|call off) [my|the|this|that|our] [current|running|last] (run|execution|job|running change|operation)',
    '(stop|quit|cease|halt) (executing|running|carrying out|working on|doing) [run|proposal|change] {run}',
    '(bring|put) [run] {run} to (a stop|an end|a halt)',
    '(make|let) [run] {run} stop',
    '(pull|hit) the (plug|stop|brakes|emergency brake) (on|for) [run] {run}',
    '(need|want|have|get) [run] {run} (cancelled|canceled|stopped|aborted|halted|ended|killed|terminated|interrupted)',
    '(need|want|have|get) (that|this|the|my) run (cancelled|canceled|stopped|aborted|halted|ended|killed)',
  ],
  undo: [
    '(undo|revert|reverse|unwind|roll back|rollback|back out|backout|back out of|rewind|go back on|turn back|restore) [the] (run|change|proposal|change of|run of|effect of|effects of|changes of) {run}',
    '(undo|revert|reverse|unwind|rollback|rewind|backout|back out|back out of|go back on) {run}',
    '(undo|revert|reverse|unwind|roll back|rollback|take back|back out|backout|back out of|rewind|put back) (it|that|this|that one|this one|that change|this change|that run|this run|the change|the run|my change|my run)',
    '(undo|revert|reverse|unwind|roll back|rollback|take back|back out|backout|back out of|rewind|put back) (the|my|that|our) (last|latest|previous|most recent) (change|run|action|one|thing|operation|step|move)',
    '(undo|revert|reverse|roll back|rollback|take back) (the|my|that|our) [last] (scaling|scale up|scale down|scale out|restart|key rotation|resize)',
    '(roll|take|put|turn|bring|set|change|move|get|reverse|wind) (it|that|this|everything|things|all|all of it|the change|that change|the last change) back',
    '(roll|take|put|turn|bring|set|change|move|get) (it|that|this|everything|things|all|the change|that change) back (as it was|as they were|how it was|how they were|the way it was|the way they were|to what it was|to how it was|to before|to normal)',
    '(roll|take|put|turn|bring|set|get) (run|change|proposal) {run} back',
    '(restore|bring back|put back|return to|go back to) (what was|what it was|how it was|the state|the state it had|things as they were|everything as it was) before (run|change|proposal|that change|that run|the change) [{run}]',
    '(need|want|have|get|make|would like) (that|it|this|that change|this change|the last change|my last change|run {run}|change {run}|{run}) (undone|reverted|reversed|rolled back|taken back|backed out|unwound)',
    '(do|make|perform|need|want|trigger|start) an (undo|reversal|undoing) of (that|it|run {run}|change {run}|{run}|the last change|my last change|that change|the last run)',
  ],
} as const
