import { createHash } from 'node:crypto'
import { pressable } from '../../../cards/actions.js'
import { renderText } from '../../../cards/text.js'
import type { CardData } from '../../../cards/model.js'
import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import type { Skill } from '../../../skills/kit/command.js'
import type { Instant, Json, Kind, Person, Place, Ref, RelationType, Role } from '../../../skills/kit/model.js'
import type { Ports, SourceState } from '../../../skills/kit/ports.js'
import type { Button, Reply } from '../../../skills/kit/reply.js'
import { accessOver } from '../../compose/access.js'
import { createNames, namesFor } from '../../language/names.js'
import { createUnderstand, type Understand } from '../../language/understand.js'
import { CatalogIndex } from '../../store/read-model/catalog-index.js'
import { catalogPort } from '../../store/read-model/catalog-port.js'
import type { CatalogRecord } from '../../store/read-model/catalog-record.js'
import { onCallPort } from '../../store/read-model/on-call-port.js'
import { openPolicy, type AccessPolicy } from '../access/access-policy.js'
import type { Access } from '../access/access.js'
import type { AudienceCut } from '../audience/audience-cut.js'
import { createButtonBook } from '../buttons.js'
import { createDialogs, type Dialogs } from '../dialogs.js'
import type { Changes } from '../change/keeper.js'
import { createHub, type Hub } from '../hub.js'
import type { HubParts, ReadBy } from '../hub-parts.js'
import type { Caller } from '../caller.js'
import type { SharedPorts } from '../unasked.js'
import type { Outcome } from '../outcome.js'
import { present } from '../present.js'
import { pressButton } from '../press-button.js'
import { createRegistry, type Registry } from '../registry.js'
import type { TurnRecord } from '../turn-record.js'

/** The moment at which small hubs live. */
export const smallNow = '2026-11-21T02:14:00.000Z'

/** One source's view of an entity, as a record: `entity('Service', 'auth', { tier: 'gold' }, [owned('identity')])`. */
export const entity = (
  kind: Kind,
  id: string,
  props: Record<string, Json> = {},
  relations: { type: RelationType; to: Ref; why?: string }[] = [],
  source = 'pagerduty',
): CatalogRecord => ({ kind, id, claims: { [source]: { name: id, aliases: [], props, relations, at: smallNow } } })

/** A relation of an entity: `to('ownedBy', 'Team', 'identity', 'CODEOWNERS')`. */
export const to = (type: RelationType, kind: Kind, id: string, why?: string) => ({
  type,
  to: { kind, id },
  ...(why && { why }),
})

/** What a small hub is made of; everything has a default. */
export interface SmallHubOptions {
  skills: readonly Skill[]
  records?: readonly CatalogRecord[]
  /** A catalog that is filled already, in place of one of `records`. */
  index?: CatalogIndex
  sources?: readonly SourceState[]
  /** Of the same skills, where it was made already. */
  registry?: Registry
  /** In place of the hub's own. */
  understand?: Understand
  ports?: Partial<Ports>
  changes?: Partial<Changes>
  /** What skills remember; none unless told. */
  recordsOf?: HubParts['recordsOf']
  mayNote?: HubParts['mayNote']
  /** What threads are about; nothing unless told. */
  subjectsOf?: HubParts['subjectsOf']
  /** Which teams let it listen; none unless told. */
  listens?: HubParts['listens']
  /** What links are of; nothing unless told. */
  readLink?: HubParts['readLink']
  /** What was last spoken of; nothing unless told. */
  memories?: HubParts['memories']
  /** What places with several people are told; all of it unless told. */
  audience?(access: Access): AudienceCut
  /** Who sees what; employees see everything and guests nothing unless told. */
  policy?: AccessPolicy
  /** Milliseconds a command may take. */
  patience?: number
  /** The moment at which it lives, `smallNow` unless told. */
  now?: Instant
  /** The kinds there are; those that are built in unless told. */
  kinds?: readonly KindDeclaration[]
}

/** A hub in memory, with a catalog filled by a test, and what a test asks of it. */
export interface SmallHub {
  hub: Hub
  registry: Registry
  index: CatalogIndex
  /** Every turn that was recorded, oldest first. */
  turns: TurnRecord[]
  /** Somebody with a role, in a place. */
  caller(role?: Role, place?: Place['kind']): Caller
  /** Says words and gives what they came to. */
  ask(text: string, caller?: Caller): Promise<Outcome>
  /** The card of a reply as a channel gets it, its buttons stored. */
  show(reply: Reply, by?: ReadBy): Promise<CardData>
  /** Presses a button or a row of a card by its title. */
  press(card: CardData, title: string, inputs?: Record<string, Json>, caller?: Caller): Promise<Outcome>
  /** Presses what an id stands for. */
  pressId(id: string, inputs: Record<string, Json>, caller: Caller): Promise<Outcome>
  /** The dialogs that its buttons open. */
  dialogs: Dialogs
  /** A reply's card in plain words, with times in UTC. */
  read(reply: Reply): Promise<string>
}

/** A port that a test did not give: a skill that asks it has to be given one. */
const absent = (name: string): never =>
  new Proxy(
    {},
    {
      get: () => () => {
        throw new Error(`This small hub has no ${name}`)
      },
    },
  ) as never

const noChanges: Changes = {
  admit: () => Promise.reject(new Error('This small hub takes no changes')),
  propose: () => Promise.reject(new Error('This small hub takes no changes')),
  show: () => Promise.resolve(false),
  approvalsFor: () => absent('approvals'),
}

export const pagerDuty: SourceState = { source: 'pagerduty', title: 'PagerDuty', asOf: '2026-11-21T02:10:00.000Z' }

function indexOf(records: readonly CatalogRecord[]): CatalogIndex {
  const index = new CatalogIndex('contoso')
  index.apply(() => records.forEach((record) => index.put(record)))
  return index
}

/** Puts together a hub as compose does, over memory. */
export function smallHub({
  skills,
  records = [],
  index = indexOf(records),
  sources = [pagerDuty],
  registry = createRegistry(skills),
  understand: given,
  ports = {},
  changes,
  recordsOf = () => absent('records'),
  mayNote,
  memories,
  readLink,
  listens,
  subjectsOf,
  audience,
  policy = openPolicy,
  patience = 5000,
  now = smallNow,
  kinds = builtInKinds,
}: SmallHubOptions): SmallHub {
  const states = () => [...sources]
  const outside = ports.schedules && { schedules: ports.schedules }
  const whole = ports.catalog ?? catalogPort(index, states, { now: () => now }, () => kinds)
  const access = accessOver({
    ...{ index, whole, clock: { now: () => now } },
    ...{ sources: states, kinds: () => kinds, policy: async () => policy },
  })
  const portOf = {
    catalog: whole,
    onCall: onCallPort({ index, sources: states, now: () => now, ...outside }),
    ...ports,
  }
  const names = createNames(index)
  const understand = given ?? createUnderstand(registry.commands)
  const turns: TurnRecord[] = []
  const hub = createHub({
    registry,
    tenant: 'contoso',
    ports: portOf as unknown as SharedPorts,
    recordsOf,
    ...(mayNote && { mayNote }),
    access,
    ...(audience && { audience: audience(access) }),
    changes: { ...noChanges, ...changes },
    understand: (hearing, mayName) => Promise.resolve().then(() => understand(hearing, namesFor(names(), mayName))),
    language: (mayName) => ({ names: namesFor(names(), mayName), understand }),
    ...(memories && { memories }),
    ...(readLink && { readLink }),
    ...(listens && { listens }),
    ...(subjectsOf && { subjectsOf }),
    clock: { now: () => now },
    newId: () => `turn-${turns.length}`,
    record: (turn) => void turns.push(turn),
    patience,
  })
  const stored = new Map<string, Button>()
  const book = createButtonBook(
    {
      get: async (tenant, id) => stored.get(`${tenant}/${id}`),
      add: async (tenant, id, button) => void stored.set(`${tenant}/${id}`, button),
    },
    (text) => createHash('sha256').update(text).digest('base64url'),
  )
  const show = async (reply: Reply, by: ReadBy = {}) =>
    present(reply, (button) => book.keep('contoso', button), await hub.catalogFor(by))
  const caller = (role: Role = 'developer', place: Place['kind'] = 'personal'): Caller => ({
    person: {
      tenant: 'contoso',
      id: 'dana@contoso.example',
      objectId: 'dana',
      name: 'Dana Ortiz',
      roles: [role],
      zone: 'UTC',
      locale: 'en',
      guest: role === 'guest',
    } satisfies Person,
    place: { kind: place, id: `${place}/dana` },
  })
  const pressId: SmallHub['pressId'] = (id, inputs, who) => pressButton(id, inputs, who, hub, book)
  return {
    hub,
    registry,
    index,
    turns,
    caller,
    ask: (text, who = caller()) => hub.hear(text, who),
    show,
    async press(card, title, inputs = {}, who = caller()) {
      const button = pressable(card).find((one) => one.title === title)
      if (button?.kind !== 'execute') throw new Error(`The card has no button "${title}"`)
      return pressId(button.id, inputs, who)
    },
    pressId,
    dialogs: createDialogs({ hub, registry, book, show }),
    read: async (reply) => renderText(await show(reply), { now, zone: 'UTC', width: 200 }),
  }
}
