import { armId } from './arm-ids.js'
import { trackingIdIn } from './claim-service-event.js'
import type { Graph } from './graph.js'
import * as queries from './queries.js'

/** The resources that events of Service Health name, by tracking id. */
export async function readTouched(graph: Graph, signal: AbortSignal): Promise<Map<string, string[]>> {
  const touched = new Map<string, string[]>()
  for await (const { rows } of graph.pages({ text: queries.impactedResources }, signal))
    for (const row of rows) {
      const [tracking, target] = [trackingIdIn(row.text('id', 2_048) ?? ''), armId(row.text('target', 2_049))]
      if (tracking && target) touched.set(tracking, [...(touched.get(tracking) ?? []), target])
    }
  return touched
}
