import type { NamedEntity } from '../../../bot/language/understanding.js'
import type { Arg } from '../../../skills/kit/arguments.js'
import type { CommandInfo } from '../../../skills/kit/ports.js'
import { scattered } from './catalog-world.js'

const subjects =
  'payments checkout auth search orders invoice catalog shipping report billing ledger profile basket pricing stock returns loyalty media alert audit'.split(
    ' ',
  )
const qualities =
  'core edge legacy fast public internal partner batch live mobile nordic retail bulk daily shared'.split(' ')
const parts = 'api web worker db cache queue gateway job proxy store'.split(' ')
const environments = ['production', 'staging', 'test', 'dev'] as const
const shortEnvironments = ['prd', 'stg', 'tst', 'dev'] as const
const regions = ['westeurope', 'northeurope', 'eastus2'] as const
const firstNames = 'dana lee tomasz aiko clara felix maria noor ravi sven ines pavel grace omar yuki'.split(' ')
const lastNames = 'ortiz chen wojcik tanaka weber schmidt silva khan patel berg costa novak okafor haddad sato'.split(
  ' ',
)

const pick = <T>(from: readonly T[], n: number): T => from[scattered(n) % from.length]!
const numbered = (n: number): string => (n < 400 ? '' : `-${Math.floor(n / 400)}`)

/** A thing of an organisation of any size, as a catalog names it: most are resources, and the larger it is the more are numbered. */
export function entityOf(n: number): NamedEntity {
  const base = `${pick(subjects, n)}-${pick(qualities, n + 1)}-${pick(parts, n + 2)}${numbered(n)}`
  const place = n % 4
  switch (n % 10) {
    case 0:
    case 1:
      return { kind: 'Service', id: base, name: base, aliases: n % 20 ? [] : [`${pick(subjects, n)} ${n}`] }
    case 2:
      return { kind: 'Repository', id: `github/contoso/${base}`, name: `contoso/${base}`, aliases: [base] }
    case 3:
      return { kind: 'Pipeline', id: `azure-devops/shop/${base}`, name: `${base} build`, aliases: [] }
    case 4:
      return personOf(n)
    case 5:
      return n % 100 === 5
        ? { kind: 'Team', id: `${pick(subjects, n)}-${n}`, name: `${pick(subjects, n)} ${n}`, aliases: [] }
        : { kind: 'Incident', id: `inc-${n}`, name: `INC-${n}`, aliases: [] }
    default: {
      const name = `${base}-${shortEnvironments[place]!}-${n}`
      const props = {
        type: 'microsoft.web/sites',
        environment: environments[place]!,
        region: pick(regions, n),
        tags: { service: base, team: pick(subjects, n) },
      }
      const id = `/subscriptions/7c0e4a1e/resourcegroups/rg-${base}/providers/microsoft.web/sites/${name}`
      return { kind: 'Resource', id, name, aliases: [], props }
    }
  }
}

function personOf(n: number): NamedEntity {
  const [first, last] = [pick(firstNames, n), pick(lastNames, n + 3)]
  const mail = `${first}.${last}.${n}@contoso.example`
  return { kind: 'Person', id: mail, name: `${capital(first)} ${capital(last)}`, aliases: [mail.split('@')[0]!] }
}

/** What people say to every command by its own examples, about things of a catalog of a size; every fourth with a slip, some of nothing. */
export function utterancesOf(commands: readonly CommandInfo[], size: number, count: number): string[] {
  const phrases = commands.flatMap(({ says, args }) => says.map((phrase) => ({ phrase, args })))
  return Array.from({ length: count }, (_, n) => {
    if (n % 12 === 11) return pick(talk, n)
    const { phrase, args } = pick(phrases, n * 7)
    const said = phrase.replace(/\{(\w+)\}/g, (_, name: string) => wordsFor(args[name], n, size))
    return n % 4 ? said : withSlip(said, n)
  })
}

const talk = [
  'restarting it did not help, I think the cache is what is slow',
  'lunch anybody? the place around the corner has a new menu and we could go at half past twelve',
  'please have a look at the pager of whoever carried it before the change of the clocks last weekend',
  'services that depend on payments-core-db and had an incident this month',
  'production databases in west europe not backed up in 7 days without an owner',
  'what do we know about that thing from yesterday between 10 and 11',
]

function wordsFor(arg: Arg | undefined, n: number, size: number): string {
  switch (arg?.type) {
    case 'entity': {
      const kinds = arg.kinds as readonly string[]
      for (let step = 0; step < 40; step++) {
        const { kind, name } = entityOf(scattered(n * 31 + step) % size)
        if (kinds.includes(kind)) return name
      }
      return entityOf(scattered(n) % size).name
    }
    case 'filter':
      return 'production databases without an owner'
    case 'time':
      return 'tomorrow at half past nine'
    case 'range':
      return 'since Monday'
    case 'duration':
      return 'an hour and a half'
    case 'time-of-day':
      return '8:30'
    case 'weekdays':
      return 'weekdays'
    case 'zone':
      return 'Berlin'
    case 'number':
      return '5'
    case 'choice':
      return arg.values[0] ?? 'it'
    default:
      return 'because it is slow'
  }
}

/** Two neighbouring letters of the longest word changed places. */
function withSlip(said: string, n: number): string {
  const word = said.split(' ').reduce((longest, one) => (one.length > longest.length ? one : longest), '')
  const at = 1 + (scattered(n) % Math.max(1, word.length - 2))
  return said.replace(word, word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2))
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
