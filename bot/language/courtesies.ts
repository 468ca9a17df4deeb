import { spokenPhrases as phrasesOf } from './word-phrases.js'

/** Endings that say how soon, or thank; they say nothing about what. */
export const endings = phrasesOf(`
  right now
  right away
  for me
  for us
  now
  asap
  immediately
  again
  quickly
  at once
  this instant
  for good
  on my behalf
  on our behalf
  thank you
  thanks a lot
  thank you very much
  thank you so much
  very much
  a lot
  a ton
  ton
  you are best
  you are star
  you are legend
  you rock
  merci
  danke
  gracias
  man
  buddy
  bot
  friend
  my friend
  as soon as possible
  when you are ready
  at your convenience
  if you would be so kind
  if you please
  if that is ok
  if that is okay
  if i may
  if it is not too much trouble
  thanking you
  go
  go go
  real fast
  fast
  lol
  straight away
  urgently
  real quick
  quick
  right this minute
  when you get second
  when you find time
  would you mind
  when you can
  when you get a chance
  when you get chance
  when you get sec
  when you get minute
  when you have minute
  when you have moment
  if you can
  if you could
  if possible
  if you do not mind
  if you would
  if you like
  would you
  will you
  could you
  can you
  before i forget
  cheers
  ta
  many thanks
  thanks in advance
  thanks lot
  lot
  you
  mate
  nexus
`)

/** Sentences beside a request that say nothing by themselves, or only thank for it. */
export const asides = phrasesOf(`
  while i am here
  while i'm here
  while you are at it
  before i forget
  no rush
  no hurry
  no worries
  by way
  btw
  fyi
  one more thing
  one thing
  one last thing
  quick request
  quick question
  small favour
  small favor
  little favour
  little favor
  i need your help
  can you help me
  could you help me
  can you do that
  could you do that
  can you do it
  could you do it
  would you do that
  can you do this
  could you do this
  is that possible
  would be great
  that would be great
  that'd be great
  that would be nice
  that would be lovely
  that'd be lovely
  it would be great
  would be nice
  would appreciate it
  i would appreciate it
  i'd appreciate it
  much appreciated
  appreciate it
  appreciated
  if that is ok
  if that is okay
  if that is possible
  if it is not too much trouble
  if it is possible
  sorry to bother you
  sorry for trouble
  sorry to bother
  sorry
  my bad
  hope you are well
  i hope you are well
  hope you're well
  good to see you
  happy to confirm
  have nice day
  have great day
  go go
  go
  do it
  quickly
  as soon as possible
  thanking you
  ${[...endings.map((words) => words.join(' '))].join('\n  ')}
`)

/** Words of greeting and thanks: a sentence of nothing else says nothing beside a request. */
export const courtesies = new Set(
  [
    'hi hey heya hiya hello yo good morning evening afternoon day all everyone team folks nexus there',
    'ok okay alright right so well oh ah yes yep yeah yay sure great perfect awesome cool and then now',
    'thanks thank you youu youuu thx ta cheers lot ton much so very many million please pls kindly sorry quick one',
    'asap urgently urgent ugh argh hm hmm hmmm er erm um oops whoops sigh',
  ].flatMap((line) => line.split(' ')),
)
