import type { Storage } from 'botbuilder'

/**
 * Storage for teams-ai's turn state that keeps nothing: what matters is in Nexus's own store, because turn state loses concurrent
 * writes and reports the loss only after the answer has gone.
 */
export const forgetfulStorage: Storage = {
  read: () => Promise.resolve({}),
  write: () => Promise.resolve(),
  delete: () => Promise.resolve(),
}
