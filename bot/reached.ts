/**
 * Told the name of each step that a worker has just done, such as `timer.claimed`; work goes on when it answers. It is how tests stop a hub
 * at a step; the product passes none.
 */
export type Reached = (step: string) => Promise<void> | void
