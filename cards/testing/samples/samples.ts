import { form } from './form.js'
import { hard } from './hard.js'
import { catalogParts } from './catalog-parts.js'
import { incidentParts } from './incident-parts.js'
import { listParts } from './list-parts.js'
import type { Sample } from './sample.js'

/** Cards made by hand that try what the frame can draw. What Nexus itself says is in the gallery of `test/gallery`. */
export const frameSamples: readonly Sample[] = [...catalogParts, ...listParts, ...incidentParts, form, ...hard]
