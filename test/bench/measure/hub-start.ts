import { processorTime } from './process-usage.js'
import { startProgram, type Program } from './program.js'

/** A running hub, and how long it took until it was ready. */
export interface StartedHub extends Program<{ port: number }> {
  /** Milliseconds from the start of the process until `/readyz` answered 200. */
  readyAfter: number
  /** Milliseconds of processor time it took for that; absent where the system does not tell. */
  processorMs?: number
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
  const readyAfter = hub.took + performance.now() - listening
  const processorMs = processorTime(hub.pid)
  return { ...hub, readyAfter, ...(processorMs !== undefined && { processorMs }) }
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
