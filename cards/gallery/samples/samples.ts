import { answers } from './answers.js'
import { catalog } from './catalog.js'
import { hard } from './hard.js'
import { incidents } from './incidents.js'
import { onCall } from './on-call.js'
import { people } from './people.js'
import type { Sample } from './sample.js'

/** Every card of the gallery, in the order in which they are drawn; the tests draw them too. */
export const samples: readonly Sample[] = [...onCall, ...incidents, ...catalog, ...people, ...answers, ...hard]
