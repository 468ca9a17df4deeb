import type { Sample } from '../sample.js'
import { catalog } from './catalog.js'
import { changes } from './change.js'
import { delivery } from './delivery.js'
import { digest } from './digest.js'
import { enrichment } from './enrichment.js'
import { help } from './help.js'
import { hub } from './hub.js'
import { incident } from './incident.js'
import { incidentStates } from './incident-states.js'
import { me } from './me.js'
import { onCall } from './on-call.js'

/** Every card that Nexus says, in the order in which the gallery shows them: one file a skill, and the hub's own. */
export const samples: readonly Sample[] = [
  ...onCall,
  ...incident,
  ...incidentStates,
  ...changes,
  ...catalog,
  ...enrichment,
  ...me,
  ...delivery,
  ...digest,
  ...help,
  ...hub,
]
