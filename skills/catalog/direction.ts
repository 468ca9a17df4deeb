/**
 * The words that say which way dependencies are followed. "What does checkout need" goes down, towards what it stands on; "what is
 * upstream of it" goes up, towards those who feel its failure.
 */
export const directions = ['up', 'down', 'upstream', 'downstream', 'depend', 'use', 'need', 'call'] as const

/** `up` towards dependents, `down` towards dependencies; dependents where nothing is said. */
export const directionOf = (word: (typeof directions)[number] | undefined): 'up' | 'down' =>
  word === undefined || word.startsWith('up') ? 'up' : 'down'
