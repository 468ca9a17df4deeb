import type { Settings } from '../../skills/kit/ports.js'

/** The settings of who has no repository for them: no files, so that everything that is built in holds. */
export const builtInSettings: Settings = {
  read: async () => undefined,
  list: async () => [],
  version: async () => 'built-in',
}
