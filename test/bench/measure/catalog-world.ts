import { storedClaim, type CatalogRecord } from '../../../bot/store/read-model/catalog-record.js'
import type { Claim, Json } from '../../../skills/kit/model.js'

/** When everything was read, and when a hundredth of it became different. */
export const [readAt, movedAt, askedAt] = [
  '2026-11-10T08:00:00.000Z',
  '2026-11-20T08:00:00.000Z',
  '2026-11-21T08:00:00.000Z',
] as const

/** Entities that one team owns, and that share a cost centre: what a filter by them finds. */
const ofTeam = 100
const kindsOf = ['Resource', 'Resource', 'Resource', 'Service', 'Package'] as const
const words = [
  'payments',
  'checkout',
  'auth',
  'search',
  'orders',
  'invoice',
  'catalog',
  'shipping',
  'report',
  'billing',
]
const suffixes = ['api', 'web', 'worker', 'db', 'cache', 'queue', 'gateway', 'job', 'proxy', 'store']

/** Numbers that look random and are the same in every run. */
export const scattered = (n: number): number => (Math.imul(n ^ (n >>> 15), 0x2c1b3c6d) ^ Math.imul(n, 0x297a2d39)) >>> 0

export const kindOf = (n: number): string => kindsOf[n % kindsOf.length]!
export const idOf = (n: number): string => `${nameOf(n)}-id`
export const nameOf = (n: number): string =>
  `${words[scattered(n) % words.length]}-${suffixes[scattered(n + 7) % suffixes.length]}-${n}`
export const teamOf = (n: number): string => `team-${Math.floor(n / ofTeam)}`
export const refOf = (n: number) => ({ kind: kindOf(n), id: idOf(n) })

/** One entity of an organisation: about 600 bytes, with two things it depends on and one it belongs to. */
export function recordOf(n: number, version = 1, at: string = readAt): CatalogRecord {
  const below = (salt: number): number => Math.max(0, n - 1 - (scattered(n * 3 + salt) % 500))
  const props: Record<string, Json> = {
    environment: ['production', 'staging', 'test', 'development'][n % 4]!,
    region: ['westeurope', 'northeurope', 'eastus'][scattered(n) % 3]!,
    team: teamOf(n),
    version: `1.${version}.${n % 50}`,
    size: scattered(n) % 64,
    lastBackup: new Date(Date.parse(readAt) - (scattered(n) % 20) * 86_400_000).toISOString(),
    tags: { costCenter: String(4000 + Math.floor(n / ofTeam)), app: words[n % words.length]! },
    description: `Keeps what ${words[scattered(n + 1) % words.length]} needs of ${words[scattered(n + 2) % words.length]}.`,
  }
  const claim: Claim = {
    ...refOf(n),
    name: nameOf(n),
    props,
    relations: [
      ...(n ? [...new Set([below(1), below(2)])].map((to) => ({ type: 'dependsOn' as const, to: refOf(to) })) : []),
      { type: 'ownedBy' as const, to: { kind: 'Team', id: teamOf(n) } },
    ],
  }
  return { ...refOf(n), claims: { azure: storedClaim(claim, at) }, since: at }
}
