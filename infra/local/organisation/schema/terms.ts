import { z } from 'zod/v4'

/** A name in an organisation's files: unique in its file; every reference to one is checked by the loader. */
export const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'a short lower-case name such as `auth-api`')

/** A moment: ISO 8601, or relative to the day the organisation is first started: `-6d 02:14` (UTC), `-41m`, `-3h`, `now`, `+2d`. */
export const moment = z.string()

/** A JSON object whose shape is its vendor's business. */
export const json = z.record(z.string(), z.unknown())
