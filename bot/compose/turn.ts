import { randomUUID } from 'node:crypto'
import type { Rateable } from '../../skills/kit/rateable.js'
import type { Hub } from '../hub/hub.js'
import { createHub } from '../hub/hub.js'
import { createDialogs } from '../hub/dialogs.js'
import type { Registry } from '../hub/registry.js'
import type { SharedPorts } from '../hub/unasked.js'
import type { Memory } from '../language/follow-up-memory.js'
import { consentOf } from '../../skills/listening/consent.js'
import { memoryRecords } from '../store/records/memory-records.js'
import { messageRecords } from '../store/records/message-records.js'
import { ratedRecords } from '../store/records/rated-records.js'
import { skillRecords, type SkillWriting } from '../store/records/skill-records.js'
import { accessOver } from './access.js'
import type { keepAudit } from './audit.js'
import { audienceCutOf } from './audiences.js'
import { keepButtons } from './buttons.js'
import { keepChanges } from './changes.js'
import { controlOf } from './control.js'
import { readLinks } from './links.js'
import type { Config } from '../config.js'
import { keepFeedback } from './feedback.js'
import type { Knowledge } from './knowledge.js'
import { recordTurns } from './record-turns.js'
import type { Surroundings } from './surroundings.js'
import type { TeamsReach } from './teams-reach.js'
import { threadSubjects } from './thread-subjects.js'
import { understandNamed } from './understand-named.js'

/** Longest a command may take; Teams sends a message again that is not answered in 15 s. */
const turnPatience = 12_000

/** What turns are made of. */
export interface TurnParts extends Pick<Surroundings, 'store' | 'clock' | 'log' | 'reached'> {
  config: Config
  knowledge: Knowledge
  ports: SharedPorts
  registry: Registry
  reach: Pick<TeamsReach, 'teams'>
  audit: ReturnType<typeof keepAudit>
  writing: SkillWriting
}

/** The turn of an organisation's hub: who sees what, what is understood, what may be changed, and the hub that asks all of them. */
export function composeTurn({ knowledge, ports, registry, reach, audit, writing, ...parts }: TurnParts) {
  const { store, clock, log, reached } = parts
  const { tenant, own, catalog, kinds, policy } = knowledge
  const policyMistakes = (mistakes: readonly string[]) => log.error('policy.mistakes', { mistakes })
  const recordsOf = (skill: string) => skillRecords(skill, own, writing, () => clock.now())
  const access = accessOver({
    ...{ index: catalog.index, whole: ports.catalog, clock },
    ...{ sources: catalog.sources, kinds: kinds.all, policy: policy.now },
  })
  const control = controlOf(recordsOf('control'), clock)
  const unasked = { registry, tenant, ports, recordsOf, clock, newId: randomUUID, patience: turnPatience }
  const keeping = keepChanges({
    ...unasked,
    ...(reached && { reached }),
    access,
    store: own,
    writing,
    run: (intent, caller) => hub.run(intent, caller),
    mayChange: control.mayChange,
    freezes: control.freezes,
    policyMistakes,
    failed: (error, id) => log.error('run.failed', { error, id }),
  })
  const { understand, language, ...learning } = understandNamed(registry, catalog.index)
  const nowMs = () => Date.parse(clock.now())
  const memories = memoryRecords<Memory>(own, nowMs)
  const rated = ratedRecords<Rateable>(own, nowMs)
  const feedback = keepFeedback(rated, recordsOf('feedback'), clock)
  const hub: Hub = createHub({
    ...unasked,
    caughtUp: catalog.catchUp,
    changes: keeping.changes,
    access,
    understand,
    language,
    memories,
    subjectsOf: threadSubjects(messageRecords(own)),
    readLink: readLinks(parts.config),
    listens: async (team) => (await consentOf(recordsOf('listening'), team)) !== undefined,
    mayNote: control.mayNote,
    audience: audienceCutOf({
      ...{ access, catalog: ports.catalog, settings: ports.settings, teams: reach.teams },
      mistakes: policyMistakes,
    }),
    record: recordTurns(log, audit.turnEnded),
  })
  const { book, show, press } = keepButtons(store, tenant, hub)
  const dialogs = createDialogs({ hub, registry, book, show })
  return { hub, access, control, keeping, understand, ...learning, memories, rated, feedback, show, press, dialogs }
}
