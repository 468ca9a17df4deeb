// The order of the test files: first those that take long, so that none of them is left over at the end while the other workers have nothing to do.
// Jest knows how long each took only where it ran before, which it never did in a fresh clone. Plain JavaScript, as Jest loads it itself.
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import Sequencer from '@jest/test-sequencer'

const root = join(import.meta.dirname, '..')

/** Files of more than ten seconds, the longest first, those that mostly wait among those that mostly work. */
const longest = [
  'test/fault/kill-points-cosmos.test.ts',
  'test/product/sync.test.ts',
  'test/gallery/gallery.test.ts',
  'test/fault/killed-runs.test.ts',
  'test/conversations/conversations.test.ts',
  'test/fault/kill-points-sqlite.test.ts',
  'bot/language/non-requests.test.ts',
  'test/fault/killed-syncs-cosmos.test.ts',
  'test/fault/killed-syncs-sqlite.test.ts',
  'test/faces/every-face.test.ts',
  'test/fault/outbox-under-fire.test.ts',
  'test/product/storm.test.ts',
  'test/contracts/store-kill.test.ts',
  'test/client/page.test.ts',
  'test/product/starting.test.ts',
  'test/client/views.test.ts',
  'test/client/conversation.test.ts',
  'test/client/thread-replies.test.ts',
  'test/contracts/store-cosmos.test.ts',
  'test/fault/business-time.test.ts',
  'test/security/tenants.test.ts',
  'infra/local/page/page.test.ts',
  'bot/language/tongues/understand-tongues.test.ts',
  'bot/language/hostile-words.test.ts',
  'bot/actions/actions-on-azure.test.ts',
]

for (const file of longest)
  if (!existsSync(join(root, file)))
    throw new Error(`test/longest-first.js names ${file}, which is not there: correct its list.`)

/** Jest's own order, behind the files that are known to be long. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const placeOf = ({ path }) => {
      const place = longest.indexOf(relative(root, path))
      return place < 0 ? longest.length : place
    }
    return super.sort(tests).sort((a, b) => placeOf(a) - placeOf(b))
  }
}
