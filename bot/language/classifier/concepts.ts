/**
 * What words of operations are about: those that people use for one another, beside every form of each. The
 * classifier sees both a word and what it may be about, so that "who looks after it" is near to "who maintains it" though no example says so.
 */
const concepts: Readonly<Record<string, string>> = {
  own: 'own owns owned owner owners ownership owning belong belongs belonging maintain maintains maintainer maintainers responsible accountable steward looks',
  duty: 'pager pagers oncall call duty shift shifts rota rotation roster rostered carries carrying carry holding wake standby paged page paging phone rotations',
  cover:
    'cover covers covering swap swaps swapping trade trading exchange substitute substitutes replace stand step relieve takeover',
  gap: 'gap gaps hole holes uncovered unstaffed unmanned vacant uncover',
  depend:
    'depend depends dependency dependencies dependents dependent dependant dependants rely relies relying needs need needed uses use using used consume consumes consumers consumer callers calls hang hangs upstream downstream underneath',
  impact: 'impact affects affect affected breaks blast radius fallout consequences hurts suffer suffers hit knock',
  reach:
    'reach reaches path route hops connected connect connects connection between way linked link talks via through',
  change:
    'change changes changed changing different difference differences altered modified modification modifications touched new happened happening moved diff edits edited news',
  timeline: 'timeline history log chronology sequence events journal',
  deploy:
    'deploy deploys deployed deployment deployments deploying release releases released rollout rollouts shipped ship ships version versions build builds went live',
  rollback: 'rollback revert reverts reverted roll back rolled previous undo',
  promote: 'promote promotes promoted promotion',
  pipeline: 'pipeline pipelines workflow workflows ci job jobs buildserver builds nightly',
  pull: 'pr prs pull pulls request review reviews reviewing reviewer merge mergeable mr mrs',
  work: 'ticket tickets task tasks story stories backlog item items bug bugs workitem workitems epic epics issue jira board',
  sprint: 'sprint sprints iteration iterations burndown velocity',
  cost: 'cost costs costing spend spending spent bill bills billing invoice pay paying money expensive price budget euros dollars eur usd expense expenses cheap',
  health:
    'healthy health ok okay fine up down alive green red well status unhealthy sick doing broken working slow sluggish',
  incident:
    'incident incidents outage outages sev severity fire burning alarm alarms alert alerts disruption sev1 sev2 sev3 sev4 p1 p2',
  explain: 'explain explains why reason cause caused causes causing culprit behind root because explanation',
  latency:
    'latency slow slowness sluggish timeouts errors error failing spike spikes spiking 5xx 500s 502 503 degraded',
  runbook:
    'runbook runbooks playbook playbooks procedure procedures instructions guide guides manual howto steps documentation docs doc',
  action: 'action actions operations operation options doable possible available',
  approve:
    'approve approval approvals approving approved approver sign signoff consent blessing lgtm waits waiting pending wait vote decide',
  reject: 'reject rejects rejected decline declined deny denied refuse refused veto',
  withdraw: 'withdraw withdrawn retract cancel cancelled drop',
  delegate: 'delegate delegates deputy delegation behalf stand-in',
  run: 'run runs running execution progress rerun',
  schedule: 'schedule schedules scheduled planned recurring timer timers automatic automatically upcoming',
  permission:
    'permission permissions allowed allow rights access role roles permitted may cannot forbidden elevate elevated privileges privilege denied',
  audit: 'audit audits audited did ran executed trail who record records deeds',
  scorecard:
    'scorecard scorecards readiness ready maturity score scores ranking rank ranked best worst standing standings league grade grades',
  policy:
    'policy policies blocked blocking block freeze frozen guard guards stopped stuck refused held forbids compliance compliant',
  dora: 'dora lead frequency mttr restore failure rate metrics throughput deployments cadence',
  scaffold: 'scaffold scaffolds template generate bootstrap skeleton boilerplate',
  environment: 'environment environments env envs sandbox sandboxes preview ephemeral playground temporary',
  digest: 'digest digests summary briefing morning daily newsletter roundup',
  notify: 'notify notification notifications ping pings tell message messages dm inform mail quiet hours',
  watch: 'watch watches watching subscribe subscribed subscription subscriptions follow following followed',
  mine: 'my mine me i myself own our us we',
  find: 'find search look lookup seek locate searching finding grep',
  list: 'list show display give enumerate all every see view pull open get bring print',
  count: 'many count number total amount',
  help: 'help capabilities commands able abilities features usage instructions tutorial',
  acknowledge: 'ack acks acknowledge acknowledged acknowledging',
  assign: 'assign assigns reassign assigned hand give pass',
  snooze: 'snooze snoozes postpone defer quiet silence put off',
  mute: 'mute muted mutes unmute suppress',
  resolve: 'resolve resolved resolves close closed fixed done over solved settled',
  reopen: 'reopen reopened reopens again unresolve',
  escalate: 'escalate escalates escalation escalated',
  restart: 'restart restarts restarting restarted reboot reboots bounce bounced recycle kick kicking restarts cycle',
  scale: 'scale scales scaling resize instances replicas capacity bigger smaller',
  database: 'database databases db dbs postgres sql mysql postgresql',
  machine: 'vm vms machine machines server servers host hosts box boxes',
  backup: 'backup backups backed snapshot snapshots',
  team: 'team teams squad squads crew group groups people folks',
  service:
    'service services app apps application applications api apis system systems microservice microservices component components',
  past: 'yesterday ago last previous past before earlier recently lately',
  future: 'tomorrow next upcoming later coming soon',
  period: 'hour hours day days week weeks weekend month months today tonight year quarter night',
  weekday: 'monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun',
}

/** Kinds that are spoken of alike. */
const kindsAlike: Readonly<Record<string, string>> = {
  '<~thing>': '<Service> <Resource> <Api> <Repository> <Package> <System>',
  '<~people>': '<Team> <Person>',
}

const byWord = new Map<string, string[]>()
for (const [concept, words] of Object.entries(concepts))
  for (const word of new Set(words.split(' '))) byWord.set(word, [...(byWord.get(word) ?? []), `~${concept}`])
for (const [alike, kinds] of Object.entries(kindsAlike)) for (const kind of kinds.split(' ')) byWord.set(kind, [alike])

/** What a word may be about, the likeliest last; nothing where it is of no concept. */
export const conceptsOf = (word: string): readonly string[] => byWord.get(word) ?? []

/** All words that are about something. */
export const conceptWords: readonly string[] = [...byWord.keys()].filter((word) => !word.startsWith('<'))
