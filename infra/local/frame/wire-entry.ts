/** One exchange between Teams and the bot. */
export interface WireEntry {
  /** Number in the feed; `after` asks for later ones. */
  id: number
  /** ISO instant in business time at which it began. */
  at: string
  direction: 'to-bot' | 'from-bot'
  method: string
  path: string
  /** HTTP status; 0 where nobody answered. */
  status: number
  ms: number
  /** The activity or parameters sent. */
  body: unknown
  /** What came back. */
  answer?: unknown
}
