import type { Ref } from '../../skills/kit/model.js'
import type { Permissions } from '../../skills/kit/permissions.js'
import { withoutLooks } from '../language/machine-text.js'
import type { Hearing, Understanding } from '../language/understanding.js'
import { permissionsPort } from './access/permissions-port.js'
import type { Caller } from './caller.js'
import type { HubParts } from './hub-parts.js'
import { lookingAgain } from './look-again.js'
import { speakersOwn } from './speakers-own.js'

/** What words mean, and what those who say them may do. */
export interface Listener {
  /** Words with all that understanding them needs of who says them where. */
  hearingOf(text: string, caller: Caller, mayName: (ref: Ref) => boolean): Promise<Hearing>
  /** @param mayName whether a thing's name may be known to who speaks */
  understood(text: string, caller: Caller, mayName: (ref: Ref) => boolean): Promise<Understanding>
  /** What somebody may see and do, explained to them. */
  permissionsFor(caller: Caller): Permissions
}

export function createListener(
  parts: Pick<HubParts, 'access' | 'understand' | 'subjectsOf' | 'caughtUp' | 'clock' | 'registry' | 'ports'>,
): Listener {
  const { access } = parts
  const hearingOf: Listener['hearingOf'] = async (text, caller, mayName) => {
    const { person, mentions = [] } = caller
    const { tenant, zone, locale, id } = person
    return {
      ...{ text: withoutLooks(text), tenant, zone, locale, mentions },
      now: parts.clock.now(),
      speaker: { kind: 'Person', id },
      ...(await speakersOwn(text, person, access.whole)),
      subjects: ((await parts.subjectsOf?.(caller)) ?? []).filter(mayName),
    }
  }
  const understood: Listener['understood'] = async (text, caller, mayName) => {
    const { understand } = lookingAgain({
      ...parts,
      catalog: access.whole,
      understand: (hearing: Hearing) => parts.understand(hearing, mayName),
    })
    return understand(await hearingOf(text, caller, mayName))
  }
  return {
    hearingOf,
    understood,
    permissionsFor(caller) {
      const meant = async (words: string) => {
        const { mayName } = await access.of(caller.person)
        const understanding = await understood(words, caller, mayName)
        if ('intent' in understanding) return understanding.intent
        return 'command' in understanding ? { command: understanding.command, args: {} } : undefined
      }
      return permissionsPort({ access, registry: parts.registry, people: parts.ports.people, meant }, caller.person)
    },
  }
}
