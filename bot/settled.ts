/** A worker that can say when nothing that is due is left, and how many items it worked on meanwhile. */
export interface Drains {
  drained(): Promise<number>
}

/** Waits until no worker has anything left that is due: what one does may be work for another. */
export async function settled(workers: readonly Drains[]): Promise<void> {
  for (let worked = 1; worked > 0;) {
    worked = 0
    for (const worker of workers) worked += await worker.drained()
  }
}
