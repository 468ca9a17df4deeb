import { hash, timingSafeEqual } from 'node:crypto'

/**
 * Whether what was brought is the secret. It takes as long for every wrong one, whatever it begins with and however long it is: digests are
 * compared, and all bytes of them.
 */
export const sameSecret = (brought: string | undefined, secret: string): boolean =>
  brought !== undefined && timingSafeEqual(digest(brought), digest(secret))

const digest = (text: string): Buffer => hash('sha256', text, 'buffer')
