import type { Results, StartResults, TurnResults } from './results.js'

/** Goals and floors of the project: ratios of the turn, seconds of the starts. */
const aims = { ratio: { floor: 0.5, goal: 0.8 }, npmStart: 5, hub: 1.5 }

/** The results as lines for people. */
export function writeReport({ conditions, turns, start }: Results): string {
  const { node, processors, load, connections, seconds, rounds } = conditions
  const heading = `Nexus bench: Node ${node}, ${processors} processors, load ${load.toFixed(1)} before the bench`
  const method = `${connections} connections, ${rounds} runs of ${seconds} s each, in turns after a warm-up`
  return [
    heading,
    ...(turns ? ['', method, '', ...turnLines(turns)] : []),
    ...(start ? ['', ...startLines(start)] : []),
  ].join('\n')
}

function turnLines({ bots, ratios }: TurnResults): string[] {
  const rows = bots.map(({ name, requestsPerSecond, range, p50, p99, processorMs }) => [
    name,
    requestsPerSecond.toFixed(0),
    range.map((rate) => rate.toFixed(0)).join('-'),
    p50.toFixed(1),
    p99.toFixed(1),
    processorMs?.toFixed(2) ?? '?',
  ])
  const { floor, goal } = aims.ratio
  return [
    ...table(['', 'requests/s', 'range', 'p50 ms', 'p99 ms', 'cpu ms each'], rows),
    '',
    ...table(
      ['requests/s, hub by', 'ratio', 'floor', 'goal'],
      [
        ['teams-ai echo', ratios.teamsAi.toFixed(2), String(floor), String(goal)],
        ['CloudAdapter echo', ratios.cloudAdapter.toFixed(2), '', ''],
      ],
    ),
  ]
}

function startLines({ firstStart, emptyStore, filledStore, hub, hubProcessor, memory }: StartResults): string[] {
  const seconds = (ms: number) => (ms / 1000).toFixed(2)
  const goal = String(aims.npmStart)
  return [
    ...table(
      ['time until ready', 'seconds', 'goal'],
      [
        ['npm start, nothing built or stored', seconds(firstStart), goal],
        ['npm start, built, nothing stored', seconds(emptyStore), goal],
        ['npm start, built, store filled', seconds(filledStore), goal],
        ['the hub alone, store filled', seconds(hub), String(aims.hub)],
        ...(hubProcessor === undefined ? [] : [['  its processor time', seconds(hubProcessor), '']]),
      ],
    ),
    ...(memory
      ? [
          '',
          ...table(
            ['memory when idle', 'MB'],
            [
              ['hub', memory.hub.toFixed(0)],
              ['local tenant', memory.tenant.toFixed(0)],
            ],
          ),
        ]
      : []),
  ]
}

/** Lines with aligned columns: the first to the left, figures to the right. */
function table(head: string[], rows: string[][]): string[] {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)))
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => (column ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  )
}
