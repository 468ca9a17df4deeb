const linesOf = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim())

/** How a letter begins. */
export const greetings = linesOf(`
  hi
  hey
  hello
  heya
  hiya
  howdy
  dear
  greetings
  good morning
  good afternoon
  good evening
  good day
  morning
  afternoon
  evening
  to whom it may concern
`)

/** Who may be greeted so that what follows is still put to Nexus. */
export const addressees = linesOf(`
  nexus
  bot
  team
  all
  everyone
  everybody
  folks
  people
  colleagues
  friends
  there
  again
  both
  dear
  sir
  madam
  or
  together
`)

/** How a letter ends, the longer ones first where one begins with another. */
export const closings = linesOf(`
  (?:with )?(?:(?:very|my|our|the|best|kind|kindest|warm|warmest|many) )*(?:regards|wishes|greetings|thanks)(?: and regards)?
  (?:many )?thanks(?: and| &) (?:best |kind )?regards
  (?:thanks|thank you|thx|ty)(?: (?:so|very|ever so) much| a lot| a million| again| in advance| kindly| already)*(?: for (?:your|the|any|all)(?: kind)? (?:help|support|time|answer|reply))?
  yours(?: sincerely| faithfully| truly)?
  sincerely(?: yours)?
  (?:wishing you |have )an? (?:nice|good|great|lovely) (?:day|evening|weekend|week)(?: ahead)?
  all the best
  much appreciated
  looking forward to (?:your|an) (?:answer|reply)
  cheers
  rgds
  best
  br
  kr
  ta
`)
