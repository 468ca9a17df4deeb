/** What people ask a bot for that Nexus cannot do: the office, other programs, writing, knowing the world. Alternatives as in commands' examples. */
export const errands = `
(what is|how is|tell me) the weather (going to be|forecast|like) (tomorrow|at the weekend|in munich|for the barbecue)
should i take an umbrella
write (me|us) a (script|powershell script|small program|cron expression|query) that (deletes old logs|restarts a server|renames files|sends mails|parses json)
write (a|the) (release announcement|newsletter|status mail|apology|invitation|job description|test plan|user story) (to|for) (the customers|all staff|the board|marketing)
write a helm chart for a web app
(create|make|draw) (a logo|a slide deck|an org chart|a diagram of a pipeline|a meme|a picture of a server)
(generate|give me) a (strong password|random number|uuid|qr code|wifi password)
(convert|turn) (this yaml to json|a csv into excel|pounds to kilos|utc to cet|a docx into pdf)
(correct|check) my (english|spelling|regex|homework|code style)
(translate|say) (server is down|good luck|thank you for your help|this mail) (into|in) (french|polish|japanese|german)
(summarise|summarize) (this thread|the meeting|the last hour of chat|that article|this pdf|my inbox)
(explain|what is) (kubernetes|a hash table|quantum computing|the cap theorem|oauth|inflation|a monad) [to me|like i am five|in simple words]
(solve|integrate|compute) (this equation|x squared|the fibonacci numbers|my puzzle)
(what|which) is the (longest river|best pizza|fastest car|capital of peru|largest prime)
who (is|was) (the first man on the moon|the founder of azure|einstein|batman|the mayor)
when (was|is) (the second world war|christmas|the olympics|the next full moon|black friday)
(book|find|cancel) (me|us) (a train to vienna|a hotel in berlin|a flight|a rental car|two seats|a desk for <time>)
when does the (train|bus|plane|ferry) (leave|arrive|depart) [to zurich]
(file|submit|book) my (travel expenses|mileage|per diem|hotel bill)
where is my (luggage|parcel|taxi|badge|visa)
my (laptop|docking station|headset|mouse|badge|phone) (does not|will not) (start|charge|connect|turn on|work)
(i need|order|get me) a new (laptop|monitor|keyboard|phone|charger|badge|chair)
my (laptop|pc|notebook) needs a (restart|new battery|reboot|reinstall|new disk)
(reset|change|unlock) my (windows|sap|email|laptop|vpn|domain) (password|account|pin)
i am locked out of (my laptop|windows|outlook|the building|sap)
my (vpn|outlook|teams|onedrive|zoom|citrix) (keeps dropping|does not connect|crashes|does not open|is signed out)
(give me|i need|can i have) (vpn access|access to sap|a github licence|an office licence|admin on my laptop|a mailbox|access to the car park)
(install|uninstall|update) (office|chrome|photoshop|python|visual studio|zoom) [on my laptop|for me]
the printer on the (second|third) floor (is jammed|needs toner|prints blank pages)
(print|scan|fax|copy) (this|the contract|my boarding pass|ten copies)
(send|resend|pay|approve|check) the invoice (of|from) (the caterer|our landlord|the agency|adobe)
(pay|approve|check) my (invoice|bonus|payslip|credit card|electricity bill)
how much (holiday|overtime|salary|budget for training) do i have
(enter|book|request) (vacation|a day off|sick leave|overtime) [for me] [<time>]
i want to (quit|go home|change teams|work part time|complain about my boss)
(call in sick|hand in my notice|book a yoga class) for me
(recommend|suggest) (a podcast|a monitor|a course|a gift for <Person>|somewhere to eat)
(remind|tell) (everybody|the team|<Person>) (to fill in the survey|about the party|to bring cake|to vote|that lunch is here)
(remind me|set a reminder|set a timer) (to call the dentist|for the laundry|for ten minutes|to leave at five|to buy flowers)
(schedule|set up|arrange|find a slot for) (an interview|a call with the vendor|a workshop|a dinner|a one on one|the offsite) [with <Person>] [<time>]
(move|cancel|decline|accept) (my|the) (dentist appointment|three o'clock|team meeting|interview|calendar invite|lunch with <Person>) [<time>]
(add|invite|remove) (<Person>|my wife|the intern) (to|from) (my calendar|the distribution list|the football group|the whatsapp group)
(start|stop|record|join) (the|a) (call|meeting|recording|poll|livestream|screen share)
(make|start) a poll (about lunch|for the offsite|on the new logo)
(post|share|like) (this|the photo|my article) on (linkedin|instagram|the intranet)
(read|open|delete|answer|forward) (my mails|that mail|the last email|my voicemail|the newsletter)
(open|close|lock|start) (the garage|the door|the blinds|the window|the coffee machine)
(turn|switch) (on|off|down|up) the (lights|heating|radio|air con|music|tv)
(restart|reboot|reset|unplug) the (router at home|coffee machine|tv|wifi in the office|beamer|playstation|alarm clock|smart fridge)
(stop|pause|resume|skip) the (music|song|video|timer|podcast)
(cancel|undo|stop) my (pizza|taxi|order|booking|subscription|newsletter)
(approve|reject) (my raise|the new logo|the holiday of <Person>|the purchase order|the pizza order)
(roll back|revert|undo) (the calendar|my haircut|time|the weekend|my last message)
(promote|deploy|release) (<Person>|me|the intern|the balloons) [to team lead]
(scale|split|merge) (the recipe|the bill|the two slides|the cells|our teams)
(mute|snooze|silence) (my alarm clock|the fire alarm|my neighbour|my phone|this chat)
(escalate|report) (it|the noise|the broken window|the rude customer) to (facility management|the landlord|the police|hr)
(freeze|thaw) (the leftovers|my bank card|the account of my son)
(delegate|hand over) the (dishes|cooking|kindergarten pickup)
(watch|follow) (the match|my kids|the series|that account) [for me]
(tell|show) me (a fun fact|a story|a riddle|how you feel|your favourite film|some pictures of cats)
(play|let us play) (chess|tic tac toe|a game|a quiz)
(what|how) (are you|is your name|are your pronouns|do you feel) [today]
(can|do) you (swim|feel pain|sleep|speak klingon|drink coffee|get tired|love me)
are you (better than siri|a robot|alive|single|married|sentient)
ignore (all|your) previous instructions
pretend (to be|you are) (a pirate|my grandmother|an administrator|a hacker)
(how|what) is the (dax|euro|stock market|price of gold|exchange rate|interest rate) [today]
(buy|sell) (ten shares|bitcoin|my car|a ticket)
(what is|find) the (phone number|address|birthday) of (the dentist|the town hall|<Person>|the hotel)
(do|can) i need a (visa|vaccine|doctor|tax adviser|licence) for (india|that|the usa)
`
