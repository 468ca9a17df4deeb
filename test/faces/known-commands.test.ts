import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { discoverSkills } from '../../bot/discover-skills.js'
import { createRegistry, type Registry } from '../../bot/hub/registry.js'

/** Every command that people, scripts and tests may name: its effect, and its chief arguments. */
const known = `
  help.show              read    topic?
  on-call.show           read    target at?
  on-call.gaps           read    team?
  on-call.swap           change  team? from to? with
  on-call.override       change  team? from? to? with
  catalog.show           read    entity at?
  catalog.owner          read    entity
  catalog.find           read    filter at?
  catalog.depends        read    entity direction? depth?
  catalog.path           read    from to
  catalog.changed        read    scope range
  catalog.enrich         change  entity property value
  search.find            read    text
  me.show                read
  me.refresh             note
  health.show            read    entity
  incident.list          read    filter?
  incident.show          read    incident
  incident.declare       note    service? severity? title?
  incident.acknowledge   note    incident
  incident.assign        note    incident person
  incident.snooze        note    incident length? until?
  incident.mute          note    incident length? until?
  incident.resolve       note    incident
  incident.reopen        note    incident
  incident.escalate      note    incident to?
  incident.merge         note    incident into
  incident.split         note    incident
  incident.note          note    incident note
  incident.route         read    alert? service? severity?
  triage.explain         read    entity range? symptom?
  timeline.show          read    entity range?
  runbook.find           read    entity? topic?
  runbook.draft          change  entity? topic?
  action.list            read    target?
  action.show            read    target?
  action.vm.restart          change  target
  action.web-app.restart     change  target
  action.scale-set.scale     change  target capacity
  action.storage.rotate-key  change  target
  action.slot.swap           change  target
  approval.list          read
  approval.show          read    proposal
  approval.approve       note    proposal
  approval.reject        note    proposal reason?
  approval.withdraw      note    proposal reason?
  approval.delegate      note    proposal? person reason?
  run.show               read    run?
  run.cancel             note    run?
  run.undo               change  run?
  schedule.list          read
  schedule.cancel        note    schedule
  permission.explain     read    what
  permission.elevate     change  what role? minutes?
  audit.find             read    person? entity? range?
  deployment.list        read    service? environment?
  deployment.promote     change  service environment?
  deployment.roll-back   change  service environment?
  pipeline.find          read    pipeline?
  pipeline.run           change  pipeline parameters?
  gate.approve           change  pipeline
  pull.list              read    person? team?
  work.list              read    person? team?
  sprint.show            read    person? team?
  digest.show            read
  digest.set             note    time? zone? days?
  digest.off             note
  notify.set             note    kind? severity? hours?
  watch.add              note    service event?
  watch.list             read
  cost.show              read    scope? range?
  cost.explain           read    scope? range?
  scorecard.show         read    scope card?
  scorecard.rank         read    scope? card?
  policy.explain         read    deployment? resource?
  dora.show              read    team? range?
  service.scaffold       change  template? name
  environment.create     change  template? name? ttl?
  environment.extend     change  environment ttl?
  environment.delete     change  environment
  environment.list       read
  chaos.run              change  experiment? target
  ask                    read    question
`
const rows = known
  .trim()
  .split('\n')
  .map((line) => {
    const [id, effect, ...args] = line.trim().split(/\s+/)
    return { id: id!, effect: effect!, args }
  })

let registry: Registry
beforeAll(async () => {
  registry = createRegistry(await discoverSkills(join(import.meta.dirname, '..', '..', 'skills')))
})

test.each(rows)(
  '$id is known, by its effect and arguments, and is said in ten ways and more',
  ({ id, effect, args }) => {
    const found = registry.find(id)
    expect(found?.info.effect).toBe(effect)
    const own = Object.entries(found!.info.args).map(([name, { optional }]) => `${name}${optional ? '?' : ''}`)
    expect(own).toEqual(expect.arrayContaining(args))
    expect(new Set(found!.info.says).size).toBe(found!.info.says.length)
    expect(found!.info.says.length).toBeGreaterThanOrEqual(10)
  },
)

test('what is there can be run or planned, what is planned cannot, and is offered nowhere', () => {
  for (const { id } of registry.commands) {
    const { command, info } = registry.find(id)!
    const works = ['run', 'plan', 'step', 'propose'].filter((name) => name in command).join(' ')
    const wanted = command.planned ? /^$/ : command.effect === 'change' ? /^(plan step|propose)$/ : /^run$/
    expect(`${id}: ${works}`).toMatch(new RegExp(`^${id}: ${wanted.source.slice(1)}`))
    if (command.planned) expect([id, info.planned, info.featured]).toEqual([id, true, false])
  }
})
