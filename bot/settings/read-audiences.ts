import { z } from 'zod/v4'
import { areas } from '../../skills/kit/audience.js'
import { roles } from '../../skills/kit/model.js'
import type { Settings } from '../../skills/kit/ports.js'
import { undeclaredAudience, unknownAudience, type DeclaredAudience } from '../hub/audience/audience.js'
import { inForce, locateYaml, saysIssues } from './settings-file.js'

/**
 * Where an organisation declares who reads along in its channels:
 *
 *     channels:
 *       incidents: { see: [catalog, on-call, incidents] }         # a channel's name, where it is the only one of it
 *       payments: { see: [catalog, cost], data: [cardholder] }    # a team's name: its General channel
 *       payments-audit: { see: [catalog, audit], data: [cardholder], guests: true }
 *       platform: { see: all, role: platform-engineer }           # everyone there has this role, or a greater one
 *     default: { see: [catalog, on-call, incidents] }             # of every other channel and group
 *
 * `see` lists what may be answered there, `data` the classes of restricted data that everyone there may see: of a resource by its tag, of a
 * service by its annotation `nexus/data` (`skills/kit/data-classes.ts`). `guests` says that guests are there and may see all of this; `role` is developer unless told, guest with `guests`.
 */
export const audiencesPath = 'audiences.yaml'

/** The audiences of an organisation. */
export interface Audiences {
  /** By the name of the channel, as the file writes it. */
  channels: ReadonlyMap<string, DeclaredAudience>
  default: DeclaredAudience
}

/** The audiences of who has declared none. */
export const undeclared: Audiences = { channels: new Map(), default: undeclaredAudience }

const Audience = z
  .strictObject({
    see: z.union([z.literal('all'), z.array(z.enum(areas))]),
    data: z.array(z.string().trim().min(1).toLowerCase()).default([]),
    guests: z.boolean().default(false),
    role: z.enum(roles).optional(),
  })
  .transform(({ see, data, guests, role }): DeclaredAudience => ({
    see: see === 'all' ? areas : see,
    data,
    role: role ?? (guests ? 'guest' : 'developer'),
  }))
const File = z.strictObject({
  channels: z.record(z.string(), z.unknown()).default({}),
  default: z.unknown().optional(),
})

/**
 * Reads the audiences' text. Nothing is ever said to more people because the file is broken: a channel whose entry cannot be read hears of
 * nothing; where the file cannot be read, no channel does.
 */
export function readAudiences(text: string): { audiences: Audiences; mistakes: string[] } {
  const yaml = locateYaml(audiencesPath, text)
  const closed = (mistakes: string[]) => ({ audiences: { channels: new Map(), default: unknownAudience }, mistakes })
  if (yaml.mistakes) return closed(yaml.mistakes)
  const file = File.safeParse(yaml.value ?? {})
  if (!file.success) return closed(saysIssues(yaml, file.error.issues))
  const mistakes: string[] = []
  const read = (entry: unknown, at: string[]): DeclaredAudience => {
    const audience = Audience.safeParse(entry)
    if (audience.success) return audience.data
    mistakes.push(...saysIssues(yaml, audience.error.issues, at))
    return unknownAudience
  }
  const channels = new Map(
    Object.entries(file.data.channels).map(([name, entry]) => [name, read(entry, ['channels', name])]),
  )
  const usual = file.data.default === undefined ? undeclaredAudience : read(file.data.default, ['default'])
  return { audiences: { channels, default: usual }, mistakes }
}

/**
 * The audiences in force, read from the settings at every question. Where they do not answer, those that were read last hold; before that no
 * channel hears of anything, because nobody knows what it may.
 * @param report told of the mistakes of a file once, until it changes
 */
export const audiencesOf = (
  settings: Pick<Settings, 'read'>,
  report: (mistakes: readonly string[]) => void,
): (() => Promise<Audiences>) =>
  inForce(settings, {
    path: audiencesPath,
    read(text) {
      const { audiences, mistakes } = readAudiences(text)
      return { is: audiences, mistakes }
    },
    absent: undeclared,
    unread: { channels: new Map(), default: unknownAudience },
    report,
  })
