import { spokenPhrases as phrasesOf } from './word-phrases.js'

/** Openings by which people ask Nexus, and not each other, to do something. Those that are put as questions may end in a question mark. */
export const questions = phrasesOf(`
  can you
  could you
  would you
  will you
  can ya
  could ya
  would ya
  can you go ahead and
  could you go ahead and
  would you be so kind to
  would you be so kind and
  would you be so kind as to
  could you be so kind and
  could you be so kind to
  would you be kind and
  would you be kind to
  could you be kind and
  could you be kind to
  could you be kind enough to
  would you be kind enough to
  would you be able to
  may i ask you to
  might i ask you to
  may i trouble you to
  might i trouble you to
  could i trouble you to
  may i bother you to
  might you
  could you possibly
  can you possibly
  would you possibly
  might you possibly
  can you quickly
  could you quickly
  can you maybe
  could you maybe
  can you also
  could you be a dear and
  would you be a dear and
  would you be a star and
  would you be an angel and
  would you be a sport and
  could you help me
  could you help me to
  can you help me
  can you help me to
  can you help us
  could you do me a favour and
  could you do me a favor and
  can you do me a favour and
  can you do me a favor and
  would you do me a favour and
  any chance you can
  any chance you could
  any chance of you
  is there any chance you could
  is there any chance you can
  do you think you could
  do you think you can
  would it be possible to
  would it be ok to
  would it be okay to
  would it be too much trouble to
  would it be alright to
  could i ask you to
  can i ask you to
`)
/** Openings that are put to whoever reads them: Nexus may be meant, and asks. */
export const toWhoever = phrasesOf(`
  can someone
  can somebody
  can anyone
  can anybody
  can one of you
  could someone
  could somebody
  could anyone
  could anybody
  could one of you
  would someone
  would somebody
  will someone
  will somebody
  time to
  it is time to
  it's time to
`)
export const demands = phrasesOf(`
  i want you to
  i need you to
  i request you to
  request you to
  requesting you to
  do needful and
  do the needful and
  i would like you to
  i'd like you to
  i would like to
  i'd like to
  i would love to
  i'd love you to
  i would love you to
  i'd like for you to
  i would be grateful if you could
  i'd be grateful if you could
  i would be glad if you could
  i'd be glad if you could
  i would appreciate it if you could
  i'd appreciate it if you could
  i would appreciate if you could
  would appreciate it if you could
  appreciate it if you could
  grateful if you could
  it would be great if you could
  it'd be great if you could
  it would be lovely if you could
  it would be nice if you could
  it would be good if you could
  it'd be good if you could
  it would help if you could
  would be great if you could
  would be good if you could
  i was wondering if you could
  i was wondering whether you could
  i wonder if you could
  was wondering if you could
  be dear and
  be so kind and
  be kind and
  be so good as to
  do me a favour and
  do me a favor and
  do us a favour and
  if you please
  if you do not mind
  if it is not too much trouble
  if that is ok
  if possible
  if i may
  when you get a chance
  when you have a moment
  when you have a minute
  when you get a minute
  when you can
  for me
  feel free to
  bitte
  computer
  bot
  i require you to
  i hereby
  we need you to
  we want you to
  we want to
  we would like to
  we'd like to
  i want to
  i need to
  i would ask you to
  need you to
  let us
  go ahead and
  nexus
  quick one
  quickly
`)
/** Openings that ask for a thing and not for a deed: what stands behind them is needed. Those that are put as questions come first. */
export const wantingAsked = phrasesOf(`
  can i have
  can i get
  could i have
  could i get
  may i have
  may i get
  might i have
  might i get
  could we have
  can we have
  could we get
  can we get
  could i be given
  can i be given
  may i be given
  might i be given
  could i please have
  could you get me
  can you get me
  would you get me
`)
export const wanting = phrasesOf(`
  i need
  i'll need
  i will need
  i want
  i would like
  i'd like
  i would love
  i'd love
  i require
  we need
  we'll need
  we will need
  we want
  we would like
  we'd like
  we require
  requesting
  in need of
  looking for
  i am looking for
`)
/** Openings behind which the verb stands in its -ing form. */
export const minding = phrasesOf(`
  would you mind
  do you mind
  mind
`)

/** Openings of the same meaning that may also wish for what would be: they leave a question what it is, and make no request. */
export const wouldNeed = phrasesOf(`
  i'd need
  i would need
  we'd need
  we would need
`)
