import { spellOut } from '../../../skills/kit/spell-out.js'
import { errands } from './errands.js'
import { talkOfTeams } from './talk-of-teams.js'
import { talesOfWork } from './tales-of-work.js'

/** What people say in a channel that is about something else: small talk, other trades, what they paste. Alternatives as in commands' examples. */
const talk = `
good morning everyone
good night all
thanks a lot
thank you so much
you are the best
well done
nice work everybody
congratulations to the two of you
happy birthday
lol
haha that is funny
see you tomorrow
have a nice weekend
i am back from lunch
lunch anyone
is there coffee left
who wants pizza
what is for lunch today
what is the weather like in berlin
will it rain tomorrow
tell me a joke
sing me a song
write a poem about the sea
who won the football match yesterday
who is the president of france
what is the capital of australia
what is the meaning of life
how old are you
are you a human
what is your favourite colour
do you like me
what time is it in tokyo
translate good morning into spanish
what is 17 times 23
convert 20 miles to kilometres
what is the stock price of microsoft
book me a flight to paris
order a taxi to the airport
book a meeting room for ten people
book a table for tonight
schedule a meeting with <Person> tomorrow
send an email to <Person>
call my mother
remind me to buy milk
what is on tv tonight
play some music
set an alarm for seven
turn on the lights
how do i make a cake
recommend a good book
what is the best restaurant nearby
write a function that sorts a list
how do i reverse a string in python
explain recursion to me
what does this regular expression do
how do i exit vim
how does a hash map work
write a unit test for this class
write me a cover letter
summarise this document
fix the typo in my slides
who is hiring
how many vacation days do i have left
how do i request vacation
when is payday
where is the bathroom
where do i find the expense form
my laptop is broken
my monitor does not work
the printer is out of paper
i forgot my password
reset my password please
the wifi is slow in the office
i am sick today
i will be late
i am working from home tomorrow
i have a dentist appointment at three
the meeting was moved to monday
can somebody join the call
we should talk about this tomorrow
let us discuss this in the retro
i think we should rewrite it
that was a long night
the customer is angry
the demo went well
we shipped it at last
i do not like this design
sounds good to me
yes
no
ok
sure
maybe
never mind
what
hm
test
hello there
is anybody here
are you there
select * from users where id = 1
drop table orders
hello {{name}}
\${jndi}
const x = await fetch url
npm install failed with an error
git push origin main
curl -X POST http://localhost
the quick brown fox jumps over the lazy dog
lorem ipsum dolor sit amet
asdf qwerty
guten morgen zusammen
merci beaucoup
was gibt es heute zu essen
hola que tal
bitcoin price today
latest news about the election
how tall is the eiffel tower
what movies are playing
give me a recipe for soup
who wrote hamlet
plan my holiday in italy
should i buy a new car
is the office open on friday
when does the canteen open
who took my mug
the team dinner is on thursday
our okrs are due next week
please fill in the survey
the all hands starts in ten minutes
can you review my cv
what do you think about kubernetes
is rust better than go
which cloud is the cheapest
create a jira account for the intern
invite <Person> to the channel
delete this message
rename this channel
mute this conversation
requests  where timestamp > ago <duration>  summarize count by name
(restart|reboot|fix|clean|refill|turn on) the (kettle|printer|projector|dishwasher|air conditioning|elevator)
(restart|reboot|fix|replace|wipe) my (notebook|phone|pc|mouse|headset|computer|monitor)
(approve|reject|sign|submit|cancel) my (vacation|holiday|leave|expenses|expense report|timesheet|travel request|home office day)
(roll back|undo|revert) my (weekend|order|email|last mail|diet)
(escalate|forward|send) this to (hr|legal|finance|marketing|my mother|the works council)
(deploy|ship|send) (the birthday cake|a pizza|the invitations|my cv|flowers)
(scale|double) the (recipe|picture|table|slide|font)
(rotate|swap) (the tyres|my desk|chairs|seats|this picture)
(cancel|stop|end) my (gym|newspaper|phone|netflix) (subscription|contract|membership)
(merge|split|convert|compress) these (two pdfs|files|cells|pictures|documents)
(mute|silence) (my kids|the neighbours|the room|my phone)
(assign|give|book) me (a parking space|a locker|a desk|a new chair|a company car)
(declare|announce) (bankruptcy|a holiday|my love|friday off)
(who owns|whose is|who left|who took) the (scooter|mug|bike|jacket|yoghurt|car in the driveway|phone charger) [in the kitchen]
who is (the new intern|the ceo of apple|on the cover of time|coming to the party|playing tonight)
who (won|lost) the (match|election|lottery|bet|game)
is (outlook|teams|slack|zoom|the vpn|sap|netflix|github copilot|the internet) (down|slow) [for you as well]
how do i (book a room|connect to the vpn|install office|print|claim travel costs|change my bank account|get a new badge)
where (is|are) the (toilet|kitchen|stapler|first aid kit|meeting room|car park|keys)
when is the (next bus|town hall|summer party|canteen open|offsite|lunch break|train)
what is (for lunch|on tv|my salary|your birthday|love|art|the wifi password|the gold price)
what is (two plus two|5 times 8|the square root of 9|20 percent of 300|1 + 1)
calculate (5 * 7|the vat|my taxes|15 percent of 80)
how (far|tall|old|deep|fast) is (the moon|mount everest|the eiffel tower|a cheetah|the pope)
how much is (a beer|the dollar|bitcoin|a flight to rome|a new laptop)
what (day|date) is (easter|it|mothers day)
what (song|book|film|restaurant|hotel) (do you recommend|is good|should i see)
(translate|proofread|shorten|rewrite|spell check) (this|the following|my text|that mail) [into german|for me]
(write|draft|compose) [me] a (social media post|advert|sonnet|limerick|love letter|press release|job ad|speech|blog post|song) [about our anniversary|about the sea|for the team]
(write|generate|show me) [a] (python script|bash script|java class|regex|sql query|unit test|react component|dockerfile|terraform module) [that does it|for me]
(refactor|debug|review|explain|optimise) this (code|function|query|loop|snippet|stack trace)
how (do|would) i (sort a list|parse json|write a loop|centre a div|join two tables|mock a date) in (java|python|css|sql|typescript)
what does (this error|nullpointerexception|undefined is not a function|segfault) mean
what do you think (of|about) (code assistants|chatgpt|java|the new office|remote work|elon musk|agile)
(tabs or spaces|vim or emacs|mac or windows|cats or dogs|tea or coffee)
which (laptop|phone|programming language|car|bank) (is best|should i buy|is better)
(refund|call|mail|contact) (the shopper|our supplier|the landlord|the bank)
(order|buy|get) (new chairs|milk|stickers|pizza for everyone|a present|toner)
(remind me|wake me|call me|text me) (to collect the kids|in ten minutes|at 3|to water the plants|when dinner is ready) [<time>]
(schedule|plan|organise|move|cancel) (a meeting|the retro|our one on one|the stand up|lunch|the party|an interview) [with <Person>] [<time>]
(invite|add|remove) <Person> (to|from) the (meeting|call|channel|mailing list|party)
(send|write|forward) (an email|a mail|a letter|flowers|my regards) to <Person>
is <Person> (in the office|sick|on vacation|back|single|angry) [today]
(tell|ask) <Person> (i said hi|to call me|that i am late|to bring cake|a joke)
(congrats|happy birthday|welcome|well done|thanks|sorry|get well soon) <Person>
<Person> (thanks|nice one|lol|can you join|are you there|lunch|call me|you rock|got a minute)
<Person> <Person> (lunch|coffee|thanks|who is in)
(lol|haha|wow|ouch|oops|nice|cool|great|sweet|yay|meh|sigh|ugh|wtf|omg)
(100|this|same|same here|me too|agreed|exactly|true|indeed|fair enough|makes sense)
(ok|okay|k|got it|will do|on it|done|noted|roger|copy that|understood|all right)
(yes|yep|yeah|no|nope|nah|maybe|perhaps|dunno|no idea|not sure)
(nevermind|forget it|scratch that|ignore me|wrong channel|wrong window|oops wrong chat)
(brb|afk|back|lunch|bbl|gtg|bye|ciao|cheers|see you|later|gn|good night all)
(hallo|moin|servus|guten tag|bonjour|salut|hola|buenos dias|ciao a tutti|hej) [zusammen]
(danke|merci|gracias|grazie|tak|obrigado) [vielmals]
(wie geht es dir|ca va|que tal|was geht|wie ist das wetter|quel temps fait il)
(is it friday yet|mondays|need coffee|i am hungry|so tired|what a day|what a night)
(can you hear me|are you awake|are you real|do you sleep|do you dream|who made you|are you chatgpt)
(tell me something funny|sing|dance|roll a dice|flip a coin|pick a number|guess what)
i (love|hate|miss) (you|mondays|this job|meetings|yaml|this channel)
you are (useless|great|funny|the best|wrong|annoying|a bot)
i (am|will be) (late|in a meeting|on the train|at lunch|out of office|stuck in traffic|on sick leave) [<time>]
my (kid is sick|train is late|battery is empty|screen is broken|camera does not work|flight was cancelled)
(the|our) (customer|board|ceo|boss|auditor) (is happy|is coming <time>|wants a demo|loved it|is not amused)
(great|good|nice|bad) (demo|work|talk|meeting|news|idea) [<Person>]
(can|could) (you|someone) (join|mute|share your screen|dial in|take notes|speak up|send the link)
(the link|the invite|the recording|the deck|the agenda) (is in the chat|please|is broken|follows)
what (does|is) (eol|slo|sre|kpi|okr) (mean|stand for)
who (invented|discovered|wrote|founded) (linux|the telephone|kubernetes|microsoft|git)
(what|how) (is the weather|will the weather be|hot is it) [in (hamburg|rome)] [<time>]
will it (rain|snow|be sunny) [<time>]
do i need a coat
(news|sports|horoscope|traffic|stock market|exchange rate) [today]
recipe for (cake|soup|pancakes)
(diagnose my headache|i have a cold|which doctor is open)
is it legal to (record a call|park here)
(hire|fire|promote|pay) (<Person>|him|her|me)
how much does <Person> earn
give <Person> a (raise|hug|bonus|day off)
what is <Person> (phone number at home|favourite food|birthday|address)
(select|update|delete from|insert into) orders where id = <number>
select count(*) from <Service> group by status
(traces|exceptions|requests|dependencies|customevents) where (timestamp|resultcode|success) > ago <duration> summarize count by bin
resources where type == (microsoft.web/sites|microsoft.compute/virtualmachines) (count|project name|summarize count)
(kubectl get pods|kubectl describe node|kubectl logs -f|helm upgrade) [-n <Service>]
(az webapp restart --name <Service>|az login|az group list -o table|az vm list|terraform apply|terraform plan|docker compose up|npm run build|git rebase main|curl -I https://example.com|ssh root@10.0.0.4|ping 10.0.0.1|cat /var/log/syslog|tail -f app.log|sudo reboot|rm -rf node_modules|exit 1|ls -la)
(if err != nil|return null|console.log hello|import os|def main|function foo|public static void main|let x = <number>|for i in range <number>)
{"code":0,"data":null}
status ok
(http/1.1 200 ok|content-type application/json|accept text/html)
(at com.contoso.app.main|nullpointerexception at|traceback most recent call last|error econnrefused 127.0.0.1|exit code 137|killed)
(info|warn|error|debug) <time> (started|connection closed|request completed|worker exited|heartbeat) [in <number> ms]
=if(b2>3;1;0)
(lorem ipsum|asdf|qwertz|xyz|foo bar|blah blah|aaaa|1234|test test|testing|ping|hello world)
`

/**
 * What people say that asks Nexus for nothing it can do. The classifier learns it as a class of its own, because it could only choose among
 * commands otherwise. `<Service>` and the like stand for names.
 */
export const noCommand: readonly string[] = [
  ...new Set(`${talk}\n${errands}\n${talesOfWork}\n${talkOfTeams}`.split('\n').filter(Boolean).flatMap(spellOut)),
]
