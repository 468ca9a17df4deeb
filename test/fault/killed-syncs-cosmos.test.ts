import { killedSyncs } from './killed-syncs.js'

killedSyncs('cosmos')
