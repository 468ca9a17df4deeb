import type { Graph } from './correlation.js'

/** How two services hang together; the nearer, the likelier one trouble shows in both. */
export interface Link {
  /** 0 the same, 1 and 2 steps along dependencies, 3 where both depend on a third directly. */
  distance: 0 | 1 | 2 | 3
  /** In words. */
  how: string
}

/** How two services hang together, or undefined where they are too far apart to say that one trouble shows in both. */
export function linkBetween(a: string, b: string, graph: Graph): Link | undefined {
  if (a === b) return { distance: 0, how: `it is about ${a} too` }
  const below = (service: string) => graph.neighbours(service, 'down')
  const [underA, underB] = [below(a), below(b)]
  if (underA.includes(b)) return { distance: 1, how: `${a} depends on ${b}` }
  if (underB.includes(a)) return { distance: 1, how: `${b} depends on ${a}` }
  const overB = graph.neighbours(b, 'up')
  const between = underA.find((service) => overB.includes(service))
  if (between) return { distance: 2, how: `${a} depends on ${b} through ${between}` }
  const overA = graph.neighbours(a, 'up')
  const back = underB.find((service) => overA.includes(service))
  if (back) return { distance: 2, how: `${b} depends on ${a} through ${back}` }
  const shared = underA.find((service) => underB.includes(service))
  return shared ? { distance: 3, how: `${a} and ${b} both depend on ${shared}` } : undefined
}
