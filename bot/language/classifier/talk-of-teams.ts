/**
 * What teams say to each other in channels about their work, and ask Nexus nothing with it: plans, reports, opinions, questions to one another, notes of
 * meetings, chatter beside an incident, news of vendors. Alternatives as in commands' examples.
 */
export const talkOfTeams = `
we will (restart|redeploy|scale|patch) <Service> (tomorrow|tonight|next week|in the maintenance window|after the sale)
i will (restart|redeploy|look at|clean up) <Service> (later|after lunch|when i am back|once the kids are in bed)
the plan is to (move|migrate|split|retire) <Service> (by easter|next quarter|over the summer)
we are going to (sunset|rename|rewrite|move) <Service> at some point
<Team> plans to (drain|upgrade|replace) <Resource> on <time>
<Person> and i will pair on <Service> <time>
next week we start with the (upgrade|migration|cleanup) of <Service>
on our list for <time> is (the upgrade|the failover test|the key rotation|cleaning up environments)
we agreed that <Person> rolls it out on <time>
the release of <Service> slips to <time>
we want to have <Service> in <Environment> by <time>
i am planning to take <Service> down <time> for the upgrade
i have just (restarted|scaled|rolled back|rotated|promoted|deployed) <Service> so ignore the alerts
<Person> already (rolled back|restarted|promoted|scaled|muted|rotated) it
fyi we (bumped|scaled|restarted|swapped|rotated) <Resource> <time> all good
done the (deploy|rollback|swap|failover|key rotation) went through (fine|without a hitch|at the second try)
just finished (deploying|patching|rotating|cleaning up|migrating) <Service>
we had to (kill|restart|roll back|scale up) it by hand (in the end|again|three times)
rolled back <Service> <duration> ago and errors are gone
turned out (somebody|<Person>|the vendor|a cron job) (deleted|restarted|changed|rotated) it
i (acked|closed|muted|escalated) it from the train
all of staging was (torn down|rebuilt|cleaned up|restarted) over the weekend
the pipeline has been (red|green|flaky|slow) for weeks and nobody cares
(kubernetes|terraform|helm|jenkins|bicep|ansible|argo) is (overkill|a blessing|a pain|not my cup of tea|fine once you get it)
i (prefer|like|hate|never understood) (jenkins|github actions|azure pipelines|helm|pagerduty|opsgenie|grafana|datadog)
(grafana|datadog|jira|confluence|servicenow) (looks dated|got a redesign|is slow as hell|changed its prices)
honestly feature flags would have saved us
nobody needs (microservices|a service mesh|that many alerts|three staging environments)
blue green is nicer than canary if you ask me
imho we (page|alert|deploy|meet) too (often|much)
our alerts are (noise|mostly noise|useless|too sensitive)
monoliths get a bad name for no reason
rolling back is never the answer to a schema change
an autoscaler would have caught that
we should really (write better tests|have fewer environments|stop deploying on fridays|talk to each other)
you should (restart it|roll back|ack it|scale it|ask <Team>|page <Person>) [imho|if you ask me|i think]
you (could|might want to|may want to) (try a restart|scale it up|roll back first|ask <Person>)
have you tried turning it off and on again
did you (try|consider) (a restart|restarting it|rolling back|scaling it up|clearing the cache) [yet]
i would (restart|roll back|scale|wait|fix forward) (first|before anything else|if it were mine)
better to (wait|fix forward|ask first|let it cool down) than to (restart|roll back|page people)
if i were you i would not touch <Service> before the weekend
never restart a database on a friday
always take a snapshot first
pro tip (drain|snapshot|announce) before you (reboot|delete|swap)
<Person> can you (review my slides|call me back|join us|have a look at my doc|take the minutes)
<Person> could you (send me the link|book the room|bring the badge|talk to the customer)
@<Person> is it ok for you if i leave early
has (anybody|anyone) (heard from|seen|spoken to) <Person> [today]
anyone (up for|in for) (a coffee|lunch|a run|ping pong|a quick call)
who (broke|touched|wrote|reviewed) this (spreadsheet|slide|script|mess)
who is (bringing cake|in the office|joining the offsite|taking notes|driving) [<time>]
team who can (cover the reception|join the interview|help at the booth|present the demo)
why is it always me
why does this always happen on (fridays|my shift|release day|a sunday)
who needs sleep anyway
what could possibly go wrong
is it monday already
how hard can it be
remember when we deployed on christmas eve
yesterday i (finished|reviewed|merged|demoed|wrote) (the migration doc|my part|the tests for <Service>|the proposal)
today i (will continue with|am on|start with|help <Person> with) (the upgrade|documentation|onboarding|<Service>|the audit)
no blockers (from me|on my side|today)
blocked by (the vendor|security review|legal|<Team>|missing hardware)
my update <Service> is (almost done|in review|on hold|waiting for feedback)
stand up (is cancelled|in five|moves to ten|was short)
same here still on the migration
i am out <time> <Person> takes my topics in the stand up
what went well (the rollback|communication|pairing|the runbook)
what did not go well (handover|alerts|testing|communication)
action item for <Person> (write the postmortem|fix the dashboard|talk to <Team>|update the wiki)
kudos to (<Person>|<Team>|everybody) for (the quick fix|staying up|the migration|the demo)
lesson learnt (never|always) (restart before reading the logs|deploy on fridays|trust the cache)
in the postmortem we should mention (the restart|that nobody was paged|the missing alert|<Person> quick reaction)
the retro showed that we (page|restart|meet|deploy) too often
in hindsight a rollback would have been (quicker|cheaper|better)
the root cause was (a certificate|dns|a full disk|a bad deploy|a leap second)
the blameless part was not so blameless
thanks for (jumping on|staying late|the heads up|covering me|your patience|the quick ack|restarting it)
good catch <Person>
the bridge is (open|getting crowded|still running|on teams)
i am (on the bridge|dialling in|muted|on my phone|five minutes out)
can everybody on the call (mute|introduce themselves|slow down)
(still|we are still) (digging|looking|waiting for the vendor|reading logs)
no idea what is going on with this one
customers are (calling|complaining|getting impatient|being nice about it)
support (is drowning|got forty calls|wants a statement|went home)
the status page (says all green|lies|was updated by <Person>|needs nicer words)
twitter is (full of it|laughing at us|on fire)
the ceo is (on the call|asking for news|not amused)
we (think|believe|suspect) it is (the network|the cache|the vendor|dns|a memory leak|the new build)
it (fixed|healed|resolved) itself
it is (calming down|getting worse|flapping|all over the place|stable for now)
waiting for <Team> to (wake up|answer|join|confirm)
we can all go (to bed|home) now
good night and thanks for the pager duty
that was <number> pages in one night
(azure|aws|microsoft|github|cloudflare) (announced|released|deprecated|renamed|had an outage in|raised the prices of) (something again|a new region|a service|their portal|europe) [<time>]
(openai|google|oracle|redhat|vmware|hashicorp) (bought|sued|changed the licence of|released) (a startup|somebody|their product|something shiny)
the vendor (promised a fix|closed our ticket|wants logs|does not answer|blames us|sends an engineer <time>)
microsoft says it is (mitigated|by design|a known issue)
new version of (kubernetes|node|postgres|teams|windows) is out
did you read the (postmortem of cloudflare|release notes of node|blog about the outage|hacker news thread)
the conference talks are online
patch tuesday is (coming|today|cancelled)
we got (acquired|a new cto|a new office|funding|an audit)
(<Person>|our new colleague|the working student) (starts|leaves|joins us) <time>
the (salary|bonus|appraisal|vacation) round (starts|ends) <time>
please (submit|enter|approve) your (timesheets|holidays|expenses|goals) [by <time>]
the (lift|coffee machine|car park|heating|badge reader|fire drill) (is out of order|works again|is at ten|makes noises)
parking is full again
someone left (a jacket|the lights on|their lunch|a window open) in the (kitchen|meeting room|server room)
the (cleaning crew|electrician|fire brigade|works council) (comes|was here) <time>
please (keep the kitchen clean|water the plants|close the windows|wear your badge)
my calendar is (a mess|full|empty for once)
let us (take this offline|talk later|meet in person|grab a beer|order pizza|do a retro on this)
let us (not forget|all be kind|see what <Person> says|sleep on it|park this discussion)
works on my machine
have you been rebooted today <Person>
i need a (restart|reboot|holiday|rollback of my life|bigger disk) [myself|today]
(my brain|monday|this meeting|my coffee|friday) (needs a restart|timed out|was rolled back|is in read-only mode|has been throttled|deserves a postmortem)
my marriage is in a change freeze
scaling my coffee intake to <number> cups
promoting myself to lunch
rolling back to bed
chaos monkey is what we call my son
somebody deploy some cake to the third floor
404 motivation not found
there is no cloud it is just someone else's computer
sudo make me a sandwich
undo undo undo i mean my haircut
the only thing (we scale|that scales|that never fails here) is (meetings|the number of meetings|lunch)
(restarting|deploying|on call|paging) is my cardio
<Service> and i need (couples therapy|a break)
incident of the day no milk
`
