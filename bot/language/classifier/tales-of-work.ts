/** What people say about their work and ask for nothing: tales, wishes, plans, warnings, quotations. Alternatives as in commands' examples. */
export const talesOfWork = `
restarting <Service> did not help
i restarted <Service> an hour ago and it is fine
we scaled <Service> yesterday and nothing changed
<Person> restarted <Service> by mistake
<Person> said we should restart <Service>
i wish somebody would fix <Service>
somebody ought to look at <Service> some day
if <Service> gets worse we have to do something
<Service> was terrible last week
<Service> is such a mess
i love <Service>
i am tired of <Service>
<Person> is on vacation
<Person> left the company
<Person> told me about it
<Team> had a nice offsite
we talked about <Service> for hours
the name <Service> is silly
who came up with the name <Service>
restarting <Service> (did not help|helped|made it worse|fixed it|changed nothing) [at all]
(restart|deploy|rollback|scaling|swap|failover|rotation) (done|finished|worked|failed|went fine|did not help)
the (restart|deploy|rollback|swap|scaling|failover) of <Service> (worked|was a mistake|went fine|took ages|helped|is done)
(i|we|they) (restarted|scaled|rolled back|deployed|swapped|rebooted|patched|fixed) <Service> [<time>] [and (it is fine|nothing changed|it helped|it got worse)]
<Person> (restarted|scaled|rolled back|deployed|rebooted|fixed|broke|muted) <Service> [<time>] [by mistake|already|and went home]
<Service> (was|has been|had been) (restarted|scaled|rolled back|deployed|rebooted|migrated|fixed) (<time>|already|by <Person>|last month)
(i|we) (did|ran|broke) that (<time>|by accident|on purpose)
the (upgrade|resize|move) of <Resource> was done by <Person> [<time>]
<Service> (is back|recovered|looks better|came back|is fine again|went down <time>|fell over <time>|was slow <time>|survived)
(back to normal|all quiet|looks good now|error rate flat|numbers are better|graphs look fine|it is over|all clear|false alarm)
(we|i) (saw|had|noticed) (the same|this|a spike|errors|timeouts) (on <Service>|<time>|in staging|last year)
(that|this) (was|is) (the cache|dns|a red herring|my fault|a known bug|expected|fine|weird|strange)
(it is always dns|classic|here we go again|not again|déjà vu|told you so)
<Person> (said|says|thinks|wrote|told me|suggested|mentioned) (we should restart <Service>|to roll back|it is fine|that <Service> is slow|restart <Service>|scale it)
(the runbook|the wiki|the ticket|the mail|the alert|the docs) (says|said|tells you to|mentions) (restart <Service>|scale <Resource> to <number>|roll back first|to call <Person>|swap the slots)
what does (reboot|restart|failover|elevate|drain) mean [in the runbook]
(in the runbook it says|quote|he wrote|she said|and i quote) (restart|roll back|scale|approve) <Service>
if <Service> (gets worse|fails again|does not recover|is still slow <time>) (we|i) (have to|will|should|might|may) (restart it|roll back|scale|do something|page someone)
(if|when|once|should) (it|that|this) (fails|breaks|happens|is done|gets worse|comes back) (again|<time>) (restart|roll back|scale|call) (<Service>|me|it)
(unless|in case|provided|as long as) (it|<Service>) (recovers|breaks|is fine|stays up) (we wait|do nothing|we roll back|leave it)
(after lunch|<time>|later|next sprint|when the freeze is over|after the demo) (we|i) (can|will|might|should) (restart|deploy|swap|roll back|promote|scale) <Service>
(maybe|perhaps|possibly) (we|i|somebody) (should|could) (restart|scale|roll back|look at) <Service>
(should|shall|could) we (restart|roll back|scale|wait with|promote|swap) <Service> (or wait|or fix forward|or not|first|i wonder)
(would|does|will|could) (a restart|restarting|scaling|a rollback|rolling back|a swap) [of <Service>] (help|fix it|hurt|be risky|make sense|be enough)
how (long|often) (does|is) (a restart|a rollback|a swap|restarting <Service>|a failover) [take|be done]
(thinking about|considering|wondering about|tempted by|not sure about|no fan of) (restarting|scaling|rolling back|replacing|splitting|rewriting) <Service>
(i wonder|i am thinking|i guess|i suppose|i think|i feel) (we should restart <Service>|it is the cache|we need more memory|<Service> is too small|a rollback would do)
(let us|we should|we must) (talk about|discuss|rethink|rewrite|celebrate|wait with) <Service> [<time>|in the retro|next week]
i wish (someone|somebody|we) would (fix|rewrite|replace|scale|delete) <Service>
(somebody|someone|we|you|they) (should|ought to|must|could) [really] (clean up|fix|restart|document|look after|delete) (<Service>|that|the old environments) [some day|one day]
(the board|<Person>|the customer|<Team>|marketing) would (like|love|appreciate it|prefer) (<Service> to be quicker|if somebody tidied <Service>|a restart|fewer incidents|it cheaper)
(it would be nice|would be great|wouldn't it be nice|how nice it would be) if <Service> (was faster|restarted itself|worked|scaled by itself|had an owner)
(they want|<Person> wants|management wants|sales wants) us to (promote|deploy|restart|roll back|freeze|finish) [<Service>] [<time>]
(hopefully|fingers crossed|knock on wood|i hope) (<Service> holds|it works|it stays up|no pages tonight)
imagine we (never had|could drop|had rewritten) <Service>
(do not|don't|never|please do not) (restart|touch|deploy|scale|roll back|approve|merge|page|delete) (<Service>|prod|anything|it) [<time>|yet|today]
(restart|rollback|deploying|scaling|a swap) is (not an option|no solution|overkill|too risky|out of the question)
(hands off|leave|stay away from|no changes to|hold off on) <Service> [please|alone|<time>]
(no need to|we do not have to|there is no reason to|better not) (restart|roll back|scale|page|escalate) [<Service>]
<Service> (is|was) (terrible|a mess|my favourite|legacy|ugly|great|haunted|cursed|a monster|from <time>|named after a dog)
(i|we) (love|hate|miss|built|wrote|inherited|own|dislike|fear) <Service> [since <time>]
(poor|good old|dear|bloody|stupid) <Service>
who (came up with the name|named|thought of) <Service>
<Team> (had a nice offsite|is hiring|won the quiz|is the best|moved desks|has a new lead|is tired)
we (discussed|talked about|presented|demoed|reviewed|planned) <Service> (<time>|for hours|in the retro|with <Person>)
(minutes|notes|agenda|summary) of (the|our) (retro|stand up|planning|offsite) [<time>]
(yesterday|today|this morning) i (worked on|finished|looked at|reviewed|wrote) (<Service>|the docs|my ticket|tests) [and will go on]
(in progress|blocked|nothing from my side|same as yesterday|i am done|next <Person>)
(incident|outage) <time> (was fun|was long|cost us a night|taught us a lot)
the (sev1|incident|outage|freeze|release|migration) (<time>|is over|went well|was a disaster|is postponed|starts <time>)
(coffee|cake|pizza|drinks) (for|with|from) <Team>
`
