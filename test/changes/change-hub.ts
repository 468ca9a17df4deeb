import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import { accessOver } from '../../bot/compose/access.js'
import { openPolicy } from '../../bot/hub/access/access-policy.js'
import { createHash } from 'node:crypto'
import type { CardData } from '../../cards/model.js'
import { renderText } from '../../cards/text.js'
import { keepChanges, type ChangeKeepingParts } from '../../bot/compose/changes.js'
import type { MovableClock } from '../../bot/clock.js'
import { createButtonBook } from '../../bot/hub/buttons.js'
import { createHub } from '../../bot/hub/hub.js'
import type { Caller } from '../../bot/hub/caller.js'
import type { TurnRecord } from '../../bot/hub/turn-record.js'
import type { Outcome } from '../../bot/hub/outcome.js'
import { present } from '../../bot/hub/present.js'
import { pressButton } from '../../bot/hub/press-button.js'
import { createRegistry, type Registry } from '../../bot/hub/registry.js'
import { entity, to } from '../../bot/hub/testing/small-hub.js'
import type { SharedPorts } from '../../bot/hub/unasked.js'
import { createNames } from '../../bot/language/names.js'
import { createUnderstand, type Understand } from '../../bot/language/understand.js'
import type { Outgoing } from '../../bot/outgoing.js'
import { auditData, auditStream } from '../../bot/store/records/audit-stream.js'
import { buttonRecords } from '../../bot/store/records/button-records.js'
import { createCatalogStore } from '../../bot/store/records/catalog-store.js'
import { readPublished } from '../../bot/store/records/published-claims.js'
import { skillRecords, storeWrites, type SkillWriting } from '../../bot/store/records/skill-records.js'
import { openSqliteStore } from '../../bot/store/sqlite/open.js'
import { ScratchDatabase } from '../../bot/store/sqlite/scratch-database.js'
import { AuditIndex } from '../../bot/store/read-model/audit-index.js'
import { auditPort } from '../../bot/store/read-model/audit-port.js'
import { catalogPort } from '../../bot/store/read-model/catalog-port.js'
import type { CatalogRecord } from '../../bot/store/read-model/catalog-record.js'
import { createDirectory } from '../../bot/store/read-model/directory.js'
import { peoplePort } from '../../bot/store/read-model/people-port.js'
import { enqueueWrite } from '../../bot/workers/outbox/enqueue.js'
import { startTimers } from '../../bot/workers/timers/timers-worker.js'
import type { Skill } from '../../skills/kit/command.js'
import type { Event } from '../../skills/kit/event.js'
import { notFound } from '../../skills/kit/errors.js'
import type { Place, Role } from '../../skills/kit/model.js'
import type { Button, Reply } from '../../skills/kit/reply.js'
import approvals from '../../skills/approvals/index.js'
import runs from '../../skills/runs/index.js'

/** Who is in the directory of these tests, with their role; all but the outsider are in the team `web`. */
export const people: Record<string, Role> = {
  dana: 'developer',
  lee: 'team-lead',
  rafael: 'team-lead',
  jonas: 'platform-engineer',
  priya: 'platform-engineer',
  mei: 'developer',
  guest: 'guest',
}

const mail = (name: string) => `${name}@contoso.example`
const thread: Place = { kind: 'channel', id: 'channel-1', name: 'Web', thread: 'message-7' }

/** What a test may decide about its hub. */
export interface ChangeHubOptions {
  folder: string
  clock: MovableClock
  skills: readonly Skill[]
  tenant?: string
  /** People who are not in the directory, or have another role than usual. */
  roles?: Record<string, Role | undefined>
  /** What the catalog holds in place of these tests' own, or the file of a replica that has it and is changed from here; and the groups that give roles. */
  catalog?: { records: readonly CatalogRecord[] | { replica: string }; roleGroups: Record<string, Role> }
  /** Of the same skills, where it was made already. */
  learnt?: { registry: Registry; understand: Understand }
  cloud?: SharedPorts['cloud']
  settings?: SharedPorts['settings']
  declarations?: SharedPorts['declarations']
  /** Milliseconds a turn may take; 5 s unless told. */
  patience?: number
  mayChange?: ChangeKeepingParts['mayChange']
  freezes?: NonNullable<ChangeKeepingParts['freezes']>
  reached?: (step: string) => Promise<void> | void
}

let ids = 0

/** A hub over the real embedded store, with its timers, and people who talk to it; several may share a folder. */
export async function openChangeHub(options: ChangeHubOptions) {
  const { folder, clock, tenant = 'contoso' } = options
  const store = await openSqliteStore({
    folder,
    clock: { now: () => Date.parse(clock.now()) },
    id: () => `id-${ids++}`,
  })
  const own = store.forTenant(tenant)
  const given = options.catalog?.records
  const replica = given && 'replica' in given ? new ScratchDatabase(given.replica) : undefined
  const catalog = createCatalogStore(own, replica)
  const roles: Record<string, Role | undefined> = { ...people, ...options.roles }
  const known = Object.entries(roles).filter((pair): pair is [string, Role] => pair[1] !== undefined)
  const ownRecords = [
    entity('Team', 'web'),
    entity('Service', 'checkout', {}, [to('ownedBy', 'Team', 'web')]),
    entity('Service', 'orders', {}, [to('ownedBy', 'Team', 'web')]),
    ...Array.from({ length: 12 }, (_, index) => entity('Service', `unit-${index}`)),
    ...known.map(([name, role]) =>
      entity(
        'Person',
        mail(name),
        { objectId: name, groups: [role] },
        name === 'mei' ? [] : [to('memberOf', 'Team', 'web')],
      ),
    ),
  ]
  const roleGroups = options.catalog?.roleGroups ?? Object.fromEntries(known.map(([, role]) => [role, role]))
  const records = given ?? ownRecords
  if (!('replica' in records)) catalog.index.apply(() => records.forEach((record) => catalog.index.put(record)))
  const directory = createDirectory(tenant, catalog.index, () => ({ groups: roleGroups, roles: [] }))
  const peopleNow = peoplePort(catalog.index, directory.of)
  const registry = options.learnt?.registry ?? createRegistry([approvals, runs, ...options.skills])
  const absent = new Proxy({}, { get: () => () => Promise.reject(new Error('not in this test')) }) as never
  const ports: SharedPorts = {
    catalog: catalogPort(catalog.index, () => [], clock),
    people: {
      fitting: (rule) => peopleNow.fitting(rule),
      async get(id) {
        const person = await peopleNow.get(id)
        const role = person && options.roles?.[person.objectId]
        return role ? { ...person, roles: [role] } : person
      },
    },
    onCall: absent,
    chats: absent,
    cloud: options.cloud ?? absent,
    paging: absent,
    schedules: absent,
    rereading: absent,
    declarations: options.declarations ?? absent,
    audit: auditPort(own.log, new AuditIndex(tenant, own.log), async (entry) => {
      await own.log.append(auditStream, [auditData(entry, clock.now())])
    }),
    settings: options.settings ?? { read: async () => undefined, list: async () => [], version: async () => 'none' },
    get proposals() {
      return keeping.proposals
    },
  }
  const writing: SkillWriting = {
    destinationOf: async (whereto) => {
      if ('place' in whereto) {
        if (whereto.place !== thread.id) throw notFound('Nexus has never been there.')
        return { channel: whereto.place }
      }
      if ('team' in whereto) throw notFound('no channel')
      return { person: whereto.person }
    },
    enqueue: enqueueWrite,
    published: readPublished(own),
    committed: () => worker.nudge(),
  }
  const unasked = {
    registry,
    tenant,
    ports,
    recordsOf: (skill: string) => skillRecords(skill, own, writing, () => clock.now()),
    clock,
    newId: () => `turn-${ids++}`,
    patience: options.patience ?? 5_000,
  }
  const access = accessOver({
    index: catalog.index,
    whole: ports.catalog,
    clock,
    sources: catalog.sources,
    kinds: () => builtInKinds,
    policy: async () => openPolicy,
  })
  const failures: unknown[] = []
  const events: Event[] = []
  const turns: TurnRecord[] = []
  const keeping = keepChanges({
    ...unasked,
    access,
    store: own,
    writing,
    run: (intent, caller) => hub.run(intent, caller),
    policyMistakes: (mistakes) => failures.push(...mistakes),
    failed: (error) => failures.push(error),
    ...(options.mayChange && { mayChange: options.mayChange }),
    ...(options.freezes && { freezes: options.freezes }),
    ...(options.reached && { reached: options.reached }),
  })
  const understand = options.learnt?.understand ?? createUnderstand(registry.commands)
  const names = createNames(catalog.index)
  const hub = createHub({
    access,
    ...unasked,
    changes: keeping.changes,
    understand: (hearing) => Promise.resolve(understand(hearing, names())),
    record: (turn) => void turns.push(turn),
  })
  const worker = startTimers({
    store: own,
    clock,
    worker: `hub-${ids++}`,
    wake: (skill, name, timer) => hub.wake(skill, name, timer),
    writesOf: (skill, partition, writes) => storeWrites(skill, partition, writes, writing, () => clock.now()),
    notice: async (event) => void events.push(event),
    own: keeping.timers,
    failed: (error) => failures.push(error),
  })
  const book = createButtonBook(
    buttonRecords((id) => store.forTenant(id)),
    (text) => createHash('sha256').update(text).digest('base64url'),
  )
  const caller = (name: string, place = thread): Caller => ({
    person: directory.person({ tenantId: tenant, objectId: name, name, zone: 'UTC' }),
    place,
  })
  const draw = (id: string, viewer: string) =>
    hub.draw({ kind: 'Proposal', id }, viewer === 'everyone' ? viewer : caller(viewer).person)

  return {
    hub,
    keeping,
    events,
    failures,
    store: own,
    caller,
    draw,
    people: ports.people,
    /** Says words, in the channel's thread unless told. */
    async say(name: string, text: string, place = thread): Promise<Outcome> {
      await catalog.catchUp()
      return hub.hear(text, caller(name, place))
    },
    /** Presses a button of the proposal's card as somebody sees it; `card` is a card that was drawn before. */
    async click(name: string, id: string, title: string, inputs = {}, card?: Reply): Promise<Outcome> {
      await catalog.catchUp()
      const buttons = (card ?? (await draw(id, name))).buttons ?? []
      const button = buttons.find((one) => one.title === title)
      if (!button)
        throw new Error(`${name} sees no “${title}” on ${id}, but ${buttons.map((one) => one.title).join(', ')}`)
      return pressButton(await book.keep(tenant, button), inputs, caller(name), hub, book)
    },
    /** Presses what a forger made up. */
    press: (name: string, button: Button) => hub.press(button, {}, caller(name)),
    get: (id: string) => keeping.proposals.get(id),
    /** The card in plain words. */
    async read(id: string, viewer: string): Promise<string> {
      const card: CardData = await present(await draw(id, viewer), (button) => book.keep(tenant, button), ports.catalog)
      return renderText(card, { now: clock.now(), zone: 'UTC', width: 200 })
    },
    /** Lets what is due be done. */
    settle: () => worker.drained(),
    /** What stands in the outbox for a proposal. */
    async said(place = 'channel-1 '): Promise<Outgoing[]> {
      const lines = await own.outbox.claim({ limit: 100, leaseMs: 1, worker: 'test' })
      return lines.filter(({ thread: line }) => line.startsWith(place)).map(({ data }) => data as unknown as Outgoing)
    },
    async audited(): Promise<{ action: string; by?: { id: string }; detail: Record<string, unknown> }[]> {
      return (await own.log.read('audit', { limit: 1000 })).map(({ data }) => data as never)
    },
    stop: async () => {
      await worker.stop()
      replica?.close()
      await store.close()
    },
    /** Ends it as a power cut would: nothing it has in hand is written any more. */
    kill: () => {
      void worker.stop() // what it has in hand never ends
      return store.close()
    },
  }
}

export type ChangeHub = Awaited<ReturnType<typeof openChangeHub>>
