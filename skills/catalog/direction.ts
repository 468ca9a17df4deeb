import { saidAs } from '../kit/said-as.js'

/** Which way dependencies are followed: `up` towards those who feel a failure, `down` towards what a thing stands on. */
export const directions = ['up', 'down'] as const

/** Who asks what hangs on a thing, by verbs that by themselves say what a thing stands on: "what uses orders", "does anything call it". */
const askers = ['what', 'who', 'that', 'else', 'all', 'anything', 'anyone']
const askedOf = ['depend', 'depends', 'use', 'uses', 'using', 'is using', 'call', 'calls', 'need', 'needs']

/** What people say for a direction: "what does checkout need", "upstream of orders", "dependencies of web". Of words that begin alike the most say it. */
export const saidDirections: Readonly<Record<string, (typeof directions)[number]>> = saidAs({
  up: [
    ...['upstream', 'upstreams', 'dependents', 'dependants', 'consumers', 'callers', 'clients'],
    ...askers.flatMap((who) => askedOf.map((verb) => `${who} ${verb}`)),
  ],
  down: [
    ...['downstream', 'downstreams', 'dependencies', 'direct dependencies', 'deps', 'direct deps'],
    ...['depend', 'depends', 'depend on', 'depends on', 'depend upon', 'depends upon', 'depending on'],
    ...['use', 'using', 'need', 'needs', 'call', 'calling', 'rely', 'rely on', 'relies on', 'consume', 'require'],
    ...['run on', 'runs on', 'stand on', 'lean on', 'talk to', 'connect to', 'built on', 'must be up'],
    ...['underneath', 'beneath', 'behind', 'under', 'below'],
  ],
})
