import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import type { Skill } from '../../skills/kit/command.js'
import type { Instant } from '../../skills/kit/model.js'
import type { Settings, SourceState } from '../../skills/kit/ports.js'
import { withOwnActions } from '../actions/own-actions.js'
import type { LiveRegistry } from '../hub/live-registry.js'
import { approvalPolicyPath, readApprovalPolicy } from './read-approval-policy.js'
import { accessPolicyPath, readAccessPolicy } from './read-access-policy.js'
import { audiencesPath, readAudiences } from './read-audiences.js'
import type { LiveKinds } from './live-kinds.js'
import { readBlueprintsOf } from './read-blueprints.js'
import { readRunbooks } from './settings-source.js'
import { changeCalendarPath, readChangeCalendar } from './read-change-calendar.js'
import { scheduleMistakes } from './schedules-source.js'

/** Settings that are read anew from time to time. */
interface Followed extends Settings {
  refresh(signal: AbortSignal): Promise<void>
  state(): SourceState
  addressOf(path: string): string
}

export interface FollowParts {
  tree: Followed
  /** As they were discovered. */
  skills: readonly Skill[]
  registry: LiveRegistry
  kinds: LiveKinds
  clock: { now(): Instant; until(at: Instant, signal: AbortSignal): Promise<void> }
  /** Milliseconds between two looks. */
  every: number
  /** Milliseconds that a look may take. */
  patience: number
  /** Files of which this room knows nothing, in which mistakes are looked for too. */
  checks?: readonly SettingsCheck[]
  /** Told when the settings have changed, with what is wrong in them. */
  changed(version: string, mistakes: readonly string[]): Promise<void> | void
  /** Told at each look while the settings cannot be read. */
  silent(down: NonNullable<SourceState['down']>): void
  failed(error: unknown): void
}

/** A file of the settings, and what is wrong in it: a sentence each, with the line. */
export interface SettingsCheck {
  path: string
  /** @param kinds what there is, the organisation's own among them */
  check(text: string, kinds: readonly KindDeclaration[]): readonly string[]
}

const policyChecks: readonly SettingsCheck[] = [
  { path: approvalPolicyPath, check: (text) => readApprovalPolicy(text).mistakes },
  { path: changeCalendarPath, check: (text) => readChangeCalendar(text).mistakes },
  { path: accessPolicyPath, check: (text, kinds) => readAccessPolicy(text, kinds).mistakes },
  { path: audiencesPath, check: (text) => readAudiences(text).mistakes },
]

/** The settings as they are followed. */
export interface FollowedSettings {
  /** What is wrong in the settings that are in force. */
  mistakes(): readonly string[]
  state(): SourceState
  stop(): Promise<void>
}

/**
 * Keeps what follows from the settings in step with them: an organisation's own actions and kinds, and what is wrong in any of its files. Its policies
 * are read at every question.
 */
export function followSettings(parts: FollowParts): FollowedSettings {
  const { tree, registry, kinds, clock, every, patience } = parts
  const stopping = new AbortController()
  let mistakes: readonly string[] = []
  let applied: string | undefined

  async function look(): Promise<void> {
    await tree.refresh(AbortSignal.any([stopping.signal, AbortSignal.timeout(patience)]))
    const { down, asOf } = tree.state()
    if (down) parts.silent(down)
    if (!asOf) return
    const version = await tree.version()
    if (version === applied) return
    const own = await withOwnActions(parts.skills, tree)
    registry.replace(own.skills)
    const blueprints = await readBlueprintsOf(tree)
    kinds.replace(blueprints.kinds)
    const files = await Promise.all(
      [...policyChecks, ...(parts.checks ?? [])].map(({ path, check }) => checked(path, check)),
    )
    const runbooks = (await readRunbooks(tree)).flatMap((read) => read.mistakes)
    mistakes = [
      ...own.mistakes,
      ...files.flat(),
      ...runbooks,
      ...(await scheduleMistakes(tree)),
      ...blueprints.mistakes,
    ]
    applied = version
    await parts.changed(version, mistakes)
  }

  async function checked(path: string, check: SettingsCheck['check']): Promise<readonly string[]> {
    const text = await tree.read(path)
    return text === undefined ? [] : check(text, kinds.all())
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      await look().catch((error: unknown) => parts.failed(error))
      await clock.until(new Date(Date.parse(clock.now()) + every).toISOString(), stopping.signal).catch(() => {})
    }
  }

  const looping = loop()
  return {
    mistakes: () => mistakes,
    state: () => tree.state(),
    async stop() {
      stopping.abort()
      await looping
    },
  }
}
