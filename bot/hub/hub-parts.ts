import type { LinkTarget } from '../../skills/kit/link.js'
import type { Place, Ref } from '../../skills/kit/model.js'
import type { Decision } from '../../skills/kit/plan.js'
import type { NameIndex } from '../language/name-index.js'
import type { Understand } from '../language/understand.js'
import type { Hearing, Understanding } from '../language/understanding.js'
import type { Access } from './access/access.js'
import type { InPlacesParts } from './audience/say-in-places.js'
import type { Caller } from './caller.js'
import type { Changes } from './change/keeper.js'
import type { Memories } from './conversation/memories.js'
import type { Registered } from './registry.js'
import type { TurnRecord } from './turn-record.js'
import type { UnaskedParts } from './unasked.js'

/** What the hub is made of; everything that touches the world is a port. */
export interface HubParts extends UnaskedParts, Pick<InPlacesParts, 'audience'> {
  changes: Changes
  /** Who sees what of the catalog. */
  access: Access
  /** @param mayName whether a thing's name may be known to who speaks; a name that may not is as one that nothing has */
  understand(hearing: Hearing, mayName: (ref: Ref) => boolean): Promise<Understanding>
  /** The same for follow-ups, which are read sentence by sentence: the names that may be known, and the understanding over any names. */
  language?(mayName: (ref: Ref) => boolean): { names: NameIndex; understand: Understand }
  /** What was last spoken of with each person in each thread; without it every turn stands by itself. */
  memories?: Memories
  /** The records that messages in a thread, or the message that is answered, are about; none unless told. */
  subjectsOf?(heard: Pick<Caller, 'place' | 'answers'>): Promise<readonly Ref[]>
  /** Whether a team lets Nexus hear replies in its threads without a mention; none does unless told. */
  listens?(team: string): Promise<boolean>
  /** What a link may be of, the most exact first; no link is known unless told. */
  readLink?(link: string): LinkTarget[]
  /** Returns when what was written, by any hub, is in what skills read: a card shown again after a press shows what came of it. */
  caughtUp?(): Promise<void>
  /** Whether notes may be made now; they may unless told. What an administrator stops changes by is a note too. */
  mayNote?(found: Registered): Promise<Decision>
  /**
   * One line of the log a turn; never the text people wrote, which may hold what is not for logs. A refusal is said when it is recorded.
   */
  record(turn: TurnRecord): Promise<void> | void
}

/** Who reads what is said: a person, everyone in a place, or a person among others. */
export type ReadBy = Partial<Pick<Caller, 'person' | 'alone'>> & { place?: Pick<Place, 'kind' | 'id' | 'name'> }
