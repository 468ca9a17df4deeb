import type { Json } from './model.js'

/** What a thumb on an answer is about: what was asked, and what Nexus made of it. */
export interface Rateable {
  /** As it was typed. */
  question: string
  outcome: string
  /** What was answered. */
  command?: string
  args?: Record<string, Json>
  /** How sure Nexus was, 0 to 1. */
  certainty: number
  /** Commands that were offered, likeliest first. */
  offered?: string[]
}
