/**
 * Told the name of each step that a worker has just done, such as `timer.claimed`; work goes on when it answers. It is how tests stop a hub
 * at a step; the product passes none. `of` says whose step it was, where several do the same: the name of a source.
 */
export type Reached = (step: string, of?: string) => Promise<void> | void
