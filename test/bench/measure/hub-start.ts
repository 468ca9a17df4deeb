import { startProgram, type Program } from './program.js'

/** A running hub, and how long it took until it was ready. */
export interface StartedHub extends Program<{ port: number }> {
  /** Milliseconds from the start of the process until `/readyz` answered 200. */
  readyAfter: number
}

/** Starts the hub and waits until it is ready: it listens, and its catalog has been read. */
export async function startHub(options: Parameters<typeof startProgram>[1]): Promise<StartedHub> {
  const hub = await startProgram<{ port: number }>('bot/main.ts', options)
  const listening = performance.now()
  try {
    await untilReady(`http://127.0.0.1:${hub.ready.port}/readyz`)
  } catch (error) {
    await hub.stop()
    throw error
  }
  return { ...hub, readyAfter: hub.took + performance.now() - listening }
}

async function untilReady(url: string): Promise<void> {
  for (const end = performance.now() + 60_000; performance.now() < end;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) })
    await answer.arrayBuffer()
    if (answer.ok) return
    await new Promise((later) => setTimeout(later, 5))
  }
  throw new Error('the hub was not ready within 60 s')
}
