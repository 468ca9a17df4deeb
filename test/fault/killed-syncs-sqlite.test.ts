import { killedSyncs } from './killed-syncs.js'

killedSyncs('sqlite')
