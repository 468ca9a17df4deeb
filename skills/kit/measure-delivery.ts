import { instantProp, lasted, textProp } from './answer.js'
import { belongingDays, type Belonging, type Belongings } from './belongings.js'
import { environmentName } from './environment-names.js'
import { refKey } from './ref-key.js'

/** One of DORA's four keys, with what it means here. */
export interface Measure {
  title: string
  /** What was counted, and how. */
  definition: string
  /** In words; undefined where there is too little to say it. */
  value?: string
  /** From how many things it comes, and how many it takes. */
  known: number
  needed: number
}

/** What delivery is measured from. */
export type Delivered = Pick<Belongings, 'deployed' | 'deployments' | 'merged' | 'incidents' | 'resolved'>

/** How many it takes: fewer than three have no middle, and a share of fewer than five says nothing. */
const [some, middle, share] = [1, 3, 5]

/** States of a deployment that came to run, and of one that had to be mended; GitHub calls one `inactive` that a later one replaced. */
const [ran, mended] = [
  ['succeeded', 'inactive', 'rolled back'],
  ['failed', 'rolled back'],
]

/** How it is said whose delivery it is, and of how many days. */
export interface DeliveryWords {
  /** Deployments "of yours". */
  of: string
  /** "Your merged pull requests". */
  pulls: string
  /** Incidents "of your services or assigned to you". */
  ofIncidents: string
  days: number
}

const ofPerson: DeliveryWords = {
  of: 'of yours',
  pulls: 'your merged pull requests',
  ofIncidents: 'of your services or assigned to you',
  days: belongingDays,
}

/**
 * The four keys of DORA (dora.dev, "DORA's software delivery metrics") from what the catalog knows; of a person over the last 30 days unless
 * told. What it does not know is not guessed: a measure without enough behind it has no value.
 */
export function measureDelivery(mine: Delivered, { of, pulls, ofIncidents, days } = ofPerson): Measure[] {
  const own = mine.deployed.filter(isProduction)
  const succeeded = own.filter((one) => isIn(one, ran))
  const ended = own.filter((one) => isIn(one, [...ran, ...mended]))
  const culprits = new Set([...mine.incidents, ...mine.resolved].map(({ beside }) => beside && refKey(beside)))
  const failed = ended.filter((one) => isIn(one, mended) || culprits.has(refKey(one)))
  const leads = leadTimes(mine)
  const restores = mine.resolved.flatMap((one) => between(one, 'opened', 'resolved'))
  return [
    {
      title: 'Deployment frequency',
      definition: `Deployments ${of} that came to run in production, of those that Nexus has seen.`,
      ...valueOf(succeeded.length, some, () => `${succeeded.length} in ${days} ${days === 1 ? 'day' : 'days'}`),
    },
    {
      title: 'Lead time for changes',
      definition: `The middle one of ${pulls}, from opened to the first deployment of its repository to production after the merge.`,
      ...valueOf(leads.length, middle, () => sayMedian(leads)),
    },
    {
      title: 'Change failure rate',
      definition: `Deployments ${of} to production that failed, were rolled back, or caused an incident.`,
      ...valueOf(ended.length, share, () => `${Math.round((100 * failed.length) / ended.length)} %`),
    },
    {
      title: 'Time to restore',
      definition: `The middle one of the incidents ${ofIncidents}, from opened to resolved.`,
      ...valueOf(restores.length, middle, () => sayMedian(restores)),
    },
  ]
}

const valueOf = (known: number, needed: number, say: () => string): Pick<Measure, 'known' | 'needed' | 'value'> => ({
  known,
  needed,
  ...(known >= needed && { value: say() }),
})

const isIn = (entity: Belonging, states: readonly string[]): boolean => states.includes(textProp(entity, 'state') ?? '')

const isProduction = (deployment: Belonging): boolean =>
  environmentName(textProp(deployment, 'environment') ?? '') === 'production'

/** From one moment of a thing to another, in milliseconds; none where it lacks one of them or they are the wrong way round. */
function between(entity: Belonging, from: string, to: string): number[] {
  const [began, ended] = [instantProp(entity, from), instantProp(entity, to)].map((at) => Date.parse(at ?? ''))
  return ended! >= began! ? [ended! - began!] : []
}

function leadTimes({ merged, deployments }: Delivered): number[] {
  const live = deployments.filter((one) => isProduction(one) && isIn(one, ran))
  return merged.flatMap((pull) => {
    const opened = Date.parse(instantProp(pull, 'opened') ?? '')
    const closed = Date.parse(instantProp(pull, 'merged') ?? '')
    const first = live
      .filter(({ beside }) => beside && pull.beside && refKey(beside) === refKey(pull.beside))
      .filter((one) => Date.parse(instantProp(one, 'started')!) >= closed)
      .map((one) => Date.parse(instantProp(one, 'ended') ?? instantProp(one, 'started')!))
      .sort((a, b) => a - b)[0]
    return first !== undefined && first >= opened ? [first - opened] : []
  })
}

/** The middle one, of an even number the mean of the two in the middle: "2 h 10". */
function sayMedian(durations: readonly number[]): string {
  const sorted = [...durations].sort((a, b) => a - b)
  const half = sorted.length / 2
  const median = (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2
  return lasted(new Date(0).toISOString(), new Date(median).toISOString())
}
