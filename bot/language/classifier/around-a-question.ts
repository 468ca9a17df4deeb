import { lineWords } from './text-lines.js'

/** What people say before a question, whatever it is about. */
const before = lineWords(`
  could you
  can you
  would you
  would you mind telling me
  would you kindly show me
  could i see
  may i see
  might i ask
  i was wondering
  any idea
  do you happen to know
  anyone know
  quick question
  sorry
  good morning
  i would like to know
  i need
  i want to know
  let me know
  remind me
  well
  right
  and
  also
  by way
  can somebody tell me
  i am trying to find out
  help me find out
  check
  could you check
  can you find
  need to see
  let us see
  not sure
  may i know
`)

/** What they say behind it. */
const behind = lineWords(`
  for me
  thank you
  if possible
  when you have minute
  asap
  quick
  rn
  again
  by any chance
  if you do not mind
  cheers
  lol
  i forgot
  i am new here
  for my report
  before meeting
  customer is asking
  my boss asks
  need it fast
  anyone
  i think
  or not
  would be great
`)

/** A text as people say it: every fifth has something before it, every fifth something behind it. */
export const asPeopleSay = (words: readonly string[], turn: number): string[] => {
  if (turn % 5 === 1) return [...before[Math.floor(turn / 5) % before.length]!, ...words]
  if (turn % 5 === 3) return [...words, ...behind[Math.floor(turn / 5) % behind.length]!]
  return [...words]
}
