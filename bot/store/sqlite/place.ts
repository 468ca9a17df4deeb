import type { Connection } from './connection.js'

/** Where and when a commit writes. */
export interface Place {
  connection: Connection
  tenant: string
  partition: string
  now: number
}
