/**
 * Run before each test file: what property tests generate is the same in every run, so that a change is judged by what it changed and
 * not by luck. `NEXUS_SEED` (an integer, or `new`) asks for other values, as `npm run soak` does;
 * fast-check prints the seed of what failed.
 */
import fc from 'fast-check'

const asked = process.env['NEXUS_SEED'] ?? '20261121'
const seed = asked === 'new' ? Date.now() : Number(asked)
if (!Number.isInteger(seed)) throw new Error(`NEXUS_SEED is an integer or "new", not "${asked}".`)
fc.configureGlobal({ seed })
