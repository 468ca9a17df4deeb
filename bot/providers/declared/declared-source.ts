import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { CodeFile, CodeHost, CodeRepository } from '../../code-host.js'
import type { CatalogSource, Delta, Gap } from '../../../skills/kit/catalog-source.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import { Fault } from '../../../skills/kit/errors.js'
import type { Claim, Entity, Kind, Ref } from '../../../skills/kit/model.js'
import { claimsOfDeclarations, type DeclaringRepository } from './claims-of-declarations.js'
import { LiveResources } from './link-resource.js'
import type { LiveCatalog } from './live-catalog.js'
import { LocationTargets } from './location-targets.js'
import { keepBroken, readDeclarations, type FileText } from './read-declarations.js'
import { sayMistake, type PlacedMistake } from './mistake.js'
import { kindOfFile, largest, mostFiles, type FileKind } from './which-files.js'
import { refKey } from '../../../skills/kit/ref-key.js'

export interface DeclaredOptions {
  /** Where the code is; several where an organisation uses several. */
  hosts: readonly CodeHost[]
  live: LiveCatalog
  /** The kinds that the organisation declared itself. */
  ownKinds(): readonly KindDeclaration[]
  /** The repository of the settings, whose folder `catalog` declares what has no repository. */
  settings?: Ref
}

/** The source that claims of files name. */
export const declaredSourceName = 'declared'

/** Repositories read at once, and claims a page. */
const atOnce = 8
const pageSize = 500

/** A repository as it was read last. */
interface Known {
  /** Ids of the files that were read: the same ids, the same declarations. */
  fingerprint: string
  read: DeclaringRepository
}

/**
 * What the files of an organisation's repositories declare: `catalog-info.yaml`, OpenAPI, Bicep, ARM templates and Terraform state. A file
 * with a mistake keeps what it declared before, and takes nothing from others.
 */
export function declaredSource(options: DeclaredOptions): CatalogSource {
  const repositories = new Map<string, Known>()
  const targets = new LocationTargets()
  let last: Map<string, Claim> | undefined
  // What is new is told against what this hub told last: another hub's watermark says nothing here.
  const hub = randomUUID()
  let round = 0
  const mark = (): string => `${hub}/${round}`

  /** Reads what has changed, of all repositories or of some. */
  async function read(signal: AbortSignal, only?: ReadonlySet<string>): Promise<{ claims: Claim[]; gaps: Gap[] }> {
    const listed = (await Promise.all(options.hosts.map((host) => host.repositories(signal)))).flat()
    const gaps: Gap[] = []
    for (const id of repositories.keys()) if (!listed.some(({ ref }) => ref.id === id)) repositories.delete(id)
    let due = listed.filter(({ ref }) => !only || only.has(ref.id) || !repositories.has(ref.id))
    // A Location may name files of other repositories, which are then read too; each round follows what the one before found.
    for (let following = 0; due.length && following <= mostFollowed; following++) {
      for (let from = 0; from < due.length; from += atOnce)
        await Promise.all(due.slice(from, from + atOnce).map((one) => readOne(one, gaps, signal)))
      const named = targets.follow(
        [...repositories.values()].map(({ read }) => read),
        listed,
      )
      due = listed.filter(({ ref }) => named.has(ref.id))
    }
    const order = [...repositories.values()].map(({ read }) => read).sort((a, b) => (a.fullName < b.fullName ? -1 : 1))
    const { claims, mistakes } = claimsOfDeclarations(order, surroundings())
    return { claims, gaps: [...gaps, ...gapsOf([...mistakes, ...targets.mistakes])] }
  }

  async function readOne(repository: CodeRepository, gaps: Gap[], signal: AbortSignal): Promise<void> {
    const { ref, fullName } = repository
    try {
      const wanted = wantedOf(repository, await repository.files(signal))
      const fingerprint = wanted.map(({ file, kind }) => `${file.path} ${file.id} ${kind}`).join('\n')
      const before = repositories.get(ref.id)
      if (before?.fingerprint === fingerprint) return
      const texts: FileText[] = []
      for (const { file, kind } of wanted) {
        const place = { repository: ref, fullName, path: file.path, url: repository.addressOf(file.path) }
        texts.push({ file: place, kind, text: await repository.read(file, signal) })
      }
      const now = readDeclarations(texts)
      if (!before) gaps.push(...keptUnread(now.broken, texts))
      repositories.set(ref.id, { fingerprint, read: { ref, fullName, ...keepBroken(now, before?.read) } })
    } catch (error) {
      if (signal.aborted || !(error instanceof Fault)) throw error
      // What is known of it stays; where nothing is, nobody can say what of the catalog stands in it.
      gaps.push({
        reason: `${fullName} could not be read: ${error.message}`,
        ...(!repositories.has(ref.id) && { keeps: { kinds: declaringKinds, prefix: '' } }),
      })
    }
  }

  const wantedOf = ({ ref }: CodeRepository, files: readonly CodeFile[]): { file: CodeFile; kind: FileKind }[] =>
    files
      .flatMap((file) => {
        const kind = targets.kindOf(ref, file.path) ?? kindOfFile(file.path, ref.id === options.settings?.id)
        return kind && file.size <= largest(kind) ? [{ file, kind }] : []
      })
      .sort((a, b) => (a.file.path < b.file.path ? -1 : 1))
      .slice(0, mostFiles)

  function surroundings() {
    const known = [...options.live.all('Person')].filter(isKnownElsewhere)
    const people = new Map(
      known.flatMap((person) => {
        const { gitHubLogin } = person.props
        const names = [person.id.split('@')[0]!, ...(typeof gitHubLogin === 'string' ? [gitHubLogin] : [])]
        return names.map((name) => [name.toLowerCase(), { mail: person.id, name: person.name }] as const)
      }),
    )
    return {
      personNamed: (name: string) => people.get(name.toLowerCase()),
      ownKinds: options.ownKinds(),
      resources: new LiveResources(options.live, isKnownElsewhere),
    }
  }

  /** What became different since the claims that were told last. */
  function difference(claims: readonly Claim[]): Pick<Delta, 'claims' | 'gone'> {
    const before = last ?? new Map<string, Claim>()
    last = new Map(claims.map((claim) => [refKey(claim), claim]))
    return {
      claims: claims.filter((claim) => !isDeepStrictEqual(before.get(refKey(claim)), claim)),
      gone: [...before.values()].filter((claim) => !last!.has(refKey(claim))).map(({ kind, id }) => ({ kind, id })),
    }
  }

  return {
    name: declaredSourceName,
    title: 'Files in repositories',
    async *sweep(_from, signal) {
      const { claims, gaps } = await read(signal)
      difference(claims)
      round++
      const watermark = mark()
      for (let from = 0; from < Math.max(claims.length, 1); from += pageSize) {
        const done = Math.min(from + pageSize, claims.length)
        yield {
          claims: claims.slice(from, done),
          cursor: done,
          progress: { done, of: claims.length, what: 'declared entities' },
          ...(done === claims.length && { watermark, gaps }),
        }
      }
    },
    async delta(since, signal) {
      if (!last || since !== mark()) return undefined
      const news = difference((await read(signal)).claims)
      round++
      return { ...news, watermark: mark() }
    },
    async reread(refs, signal) {
      if (!last) return { claims: [], gone: [] }
      const only = new Set(refs.filter(({ kind }) => kind === 'Repository').map(({ id }) => id))
      return difference((await read(signal, only)).claims)
    },
  }
}

/** Locations that name Locations are followed so far. */
const mostFollowed = 5
/** Mistakes that a sweep tells of; each repository's card has its own. */
const mostGaps = 50
const declaringKinds: Kind[] = ['Service', 'Api', 'Team', 'Person', 'Resource', 'Repository']

/** What only the files know is no proof that it stands. */
const isKnownElsewhere = ({ sources }: Entity): boolean => sources.some(({ source }) => source !== declaredSourceName)

const gapsOf = (mistakes: readonly PlacedMistake[]): Gap[] => [
  ...mistakes.slice(0, mostGaps).map((one) => ({ reason: `${one.repository.id}: ${sayMistake(one)}.` })),
  ...(mistakes.length > mostGaps ? [{ reason: `${mistakes.length - mostGaps} more mistakes in files.` }] : []),
]

/**
 * A descriptor that was broken before it was ever read here, as after a restart: what the catalog has under a name in it stays.
 */
function keptUnread(broken: readonly string[], texts: readonly FileText[]): Gap[] {
  return texts
    .filter(({ file, kind }) => kind === 'descriptors' && broken.includes(file.path))
    .flatMap(({ file, text }) =>
      [...text.matchAll(/(?:^|[\s{,])["']?name["']?\s*:\s*["']?([\w.-]{1,63})/g)]
        .slice(0, mostGaps)
        .map(([, name]) => ({
          reason: `${file.fullName}/${file.path} is broken; what the catalog has of ${name} stays.`,
          keeps: { kinds: declaringKinds, prefix: name!.toLowerCase() },
        })),
    )
}
