import { catalogLines } from './catalog-lines.js'
import { languageLines } from './language-lines.js'
import { table } from './table.js'
import type {
  AzureResults,
  Durations,
  IntakeResults,
  ReactionResults,
  Results,
  StartResults,
  TurnResults,
} from './results.js'

/** What a ratio must reach, and what it should. */
interface Aim {
  floor: number
  goal: number
}

/** Goals and floors of the project: ratios of the turn and of the intake, seconds of the starts. */
const aims = { turns: { floor: 0.5, goal: 0.8 }, intake: { floor: 0.3, goal: 0.6 }, npmStart: 5, hub: 1.5 }

/** The results as lines for people. */
export function writeReport({
  conditions,
  turns,
  intake,
  reactions,
  start,
  catalog,
  language,
  azure,
}: Results): string {
  const { node, processors, load, connections, seconds, rounds } = conditions
  const heading = `Nexus bench: Node ${node}, ${processors} processors, load ${load.toFixed(1)} before the bench`
  const method = `${connections} connections, ${rounds} runs of ${seconds} s each, in turns after a warm-up`
  return [
    heading,
    ...(turns ? ['', method, '', ...turnLines(turns)] : []),
    ...(intake ? ['', ...intakeLines(intake)] : []),
    ...(reactions ? ['', ...reactionLines(reactions)] : []),
    ...(start ? ['', ...startLines(start)] : []),
    ...(catalog ? ['', ...catalogLines(catalog)] : []),
    ...(language ? ['', ...languageLines(language)] : []),
    ...(azure ? ['', ...azureLines(azure)] : []),
  ].join('\n')
}

/** The first reading is to hold less than 400 MB. */
function azureLines({ resources, atRest, readings }: AzureResults): string[] {
  const rows = readings.map(({ what, seconds, claims, megabytes }) => [
    what,
    ...[seconds.toFixed(1), String(claims), megabytes.toFixed(0)],
  ])
  const heading = [`${resources} Azure resources`, 'seconds', 'claims', `most MB (${atRest.toFixed(0)} before)`]
  return table(heading, rows)
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
  return [
    ...table(['', 'requests/s', 'range', 'p50 ms', 'p99 ms', 'cpu ms each'], rows),
    '',
    ...table(
      ['requests/s, hub by', ...ratioHead],
      [
        ['teams-ai echo', ...ratioCells(ratios.teamsAi, aims.turns)],
        ['CloudAdapter echo', ratios.cloudAdapter.toFixed(2), '', '', ''],
      ],
    ),
  ]
}

function intakeLines({ lines }: IntakeResults): string[] {
  const rows = lines.map(({ name, perSecond, floorPerSecond, p50, p99, ratio, reference }) => [
    name,
    ...[perSecond, floorPerSecond].map((rate) => rate.toFixed(0)),
    ...[p50, p99].map((ms) => ms.toFixed(1)),
    ...(reference ? [ratio.toFixed(2), '', '', ''] : ratioCells(ratio, aims.intake)),
  ])
  return table(['durable intake', 'deliveries/s', "disk's floor", 'p50 ms', 'p99 ms', ...ratioHead], rows)
}

function reactionLines({ post, change, reference }: ReactionResults): string[] {
  const row = (name: string, { rounds, p50, p95, p99 }: Durations) => [
    name,
    String(rounds),
    ...[p50, p95, p99].map((ms) => ms.toFixed(1)),
  ]
  return table(
    ['how soon, one at a time', 'rounds', 'p50 ms', 'p95 ms', 'p99 ms'],
    [
      row('webhook to first post', post),
      row('click to change in Azure', change),
      row('a program that only passes on', reference),
    ],
  )
}

const ratioHead = ['ratio', 'floor', 'goal', '']

function ratioCells(ratio: number, { floor, goal }: Aim): string[] {
  const verdict = ratio >= goal ? 'PASS' : ratio >= floor ? 'PASS floor, MISS goal' : 'MISS'
  return [ratio.toFixed(2), String(floor), String(goal), verdict]
}

function startLines({ firstStart, emptyStore, filledStore, hub, hubProcessor, memory }: StartResults): string[] {
  const seconds = (ms: number) => (ms / 1000).toFixed(2)
  const timed = (name: string, ms: number, goal: number) => [
    name,
    seconds(ms),
    String(goal),
    ms <= goal * 1000 ? 'PASS' : 'MISS',
  ]
  return [
    ...table(
      ['time until ready', 'seconds', 'goal', ''],
      [
        timed('npm start, nothing built or stored', firstStart, aims.npmStart),
        timed('npm start, built, nothing stored', emptyStore, aims.npmStart),
        timed('npm start, built, store filled', filledStore, aims.npmStart),
        timed('the hub alone, store filled', hub, aims.hub),
        ...(hubProcessor === undefined ? [] : [['  its processor time', seconds(hubProcessor), '', '']]),
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
