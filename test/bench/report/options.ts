import { parseArgs } from 'node:util'

/** What is measured. */
export const parts = ['turns', 'intake', 'reactions', 'start', 'catalog', 'language', 'azure'] as const
export type Part = (typeof parts)[number]

/** How the bench is run. */
export interface Options {
  parts: readonly Part[]
  connections: number
  /** Of one run of one bot. */
  seconds: number
  /** Runs of each bot. */
  rounds: number
  /** Of the largest catalog that is asked. */
  entities: number
  json: boolean
  /** Folder for a processor profile of the hub, which `node --cpu-prof` writes. */
  profile?: string
}

export const usage = `usage: npm run bench -- [turns] [intake] [reactions] [start] [catalog] [language] [azure] [--seconds 8] [--rounds 4] [--connections 20] [--entities 100000] [--json] [--profile folder]
  turns      requests/s of the hub's whole on-call turn beside a bare teams-ai echo and a bare CloudAdapter echo
  intake     deliveries/s that are durable when they are acknowledged, beside the floor of the same disk
  reactions  webhook to first post and click to change, beside a program that only passes on
  start      time until npm start and the hub are ready, and memory when idle
  catalog    questions to the catalog of 1,000, 10,000 and 100,000 entities, beside the least that its database needs
  language   what is understood among 2,000, 20,000 and 200,000 names, beside a bare router of regular expressions
  azure      the first reading of 100,000 Azure resources within Resource Graph's quota, and what the reader holds meanwhile
All are measured where none is named. Connections, seconds and rounds are those of the turns, entities those of the largest catalog.`

/** Wrong options, in a sentence. */
export class BadOptions extends Error {}

/**
 * Reads the command line.
 * @throws BadOptions
 */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parse(args)
  const wrong = positionals.find((part) => !parts.includes(part as Part))
  if (wrong) throw new BadOptions(`there is nothing called "${wrong}" to measure`)
  return {
    parts: positionals.length ? (positionals as Part[]) : parts,
    connections: between('connections', values.connections, 1, 1000),
    seconds: between('seconds', values.seconds, 1, 300),
    rounds: between('rounds', values.rounds, 1, 50),
    entities: between('entities', values.entities, 1_000, 100_000),
    json: values.json,
    ...(values.profile && { profile: values.profile }),
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        connections: { type: 'string', default: '20' },
        seconds: { type: 'string', default: '8' },
        rounds: { type: 'string', default: '4' },
        entities: { type: 'string', default: '100000' },
        json: { type: 'boolean', default: false },
        profile: { type: 'string' },
      },
    })
  } catch (error) {
    throw new BadOptions((error as Error).message)
  }
}

function between(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < least || value > most)
    throw new BadOptions(`--${name} must be a whole number from ${least} to ${most}, not ${text}`)
  return value
}
