/** A delivery that could not be worked on, as a list shows it. */
export interface DeadLetter {
  source: string
  id: string
  /** When it arrived, ISO. */
  at: string
  attempts: number
  /** Why it was given up, and what to do. */
  reason: string
}
