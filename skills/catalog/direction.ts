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

type Direction = (typeof directions)[number]

/** Nouns and verbs of which one end alone is ever asked. */
const felt = [
  ...['consumers', 'consumer', 'dependents', 'dependants', 'callers', 'clients', 'users', 'used by', 'used anywhere', 'in use'],
  ...['blast radius', 'impact', 'impacted', 'affected', 'touched', 'hit', 'hurt', 'hurts', 'suffer', 'suffers', 'notice', 'notices'],
] // prettier-ignore
/** Verbs of what stands on another: who does it stands before them, and on what behind. */
const standing = [
  ...['depend', 'depends', 'depended', 'depending', 'dependent', 'rely', 'relies', 'relying', 'reliant', 'use', 'uses', 'using'],
  ...['require', 'requires', 'call', 'calls', 'calling', 'consume', 'consumes', 'consuming', 'access', 'accesses', 'query'],
  ...['read from', 'reads from', 'reading from', 'write to', 'writes to', 'talk to', 'talks to', 'talking to', 'connect to'],
  ...['connects to', 'connecting to', 'stand on', 'stands on', 'sit on', 'sits on', 'run on', 'runs on', 'lean on', 'leans on'],
  ...['leaning on', 'build on', 'builds on', 'built on', 'hang on', 'hangs on', 'hang off', 'hangs off', 'hanging off'],
] // prettier-ignore
/** "Of what depends search" puts the verb before the name, as other languages do, and asks what it stands on. */
const turned = ['of what', 'from what', 'on what', 'of which', 'on which'].flatMap((of) => [
  `${of} depend`,
  `${of} depends`,
])
const needs = ['needs', 'services need', 'apps need', 'systems need', 'teams need', 'anything need']

/** What tells a direction by words and by where they stand: "who uses orders" asks upwards, "what does orders use" downwards. */
export const toldDirections: Readonly<Record<string, Direction>> = {
  ...saidAs<Direction>({ up: felt, down: turned }),
  ...Object.fromEntries(standing.flatMap((verb) => ends(verb))),
  ...saidAs<Direction>({
    up: ['upstream', 'upstreams'],
    down: ['dependencies', 'deps', 'prerequisites', 'underneath', 'beneath', 'behind', 'downstream', 'downstreams'],
  }),
  ...Object.fromEntries([...needs, 'need'].flatMap((verb) => ends(verb).slice(verb === 'need' ? 1 : 0))),
  ...saidAs<Direction>({ up: ['breaks', 'break', 'what fails', 'what dies', 'who complains'], down: [] }),
}

function ends(verb: string): [string, Direction][] {
  return [
    [`${verb} …`, 'up'],
    [`… ${verb}`, 'down'],
  ]
}
