import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { shop, startLocalCloud, type LocalCloud } from '../../providers/azure/testing/local-cloud.js'
import { Fault } from '../../../skills/kit/errors.js'
import type { ChangeCommand, Skill } from '../../../skills/kit/command.js'
import type { Args } from '../../../skills/kit/arguments.js'
import type { Entity, Json } from '../../../skills/kit/model.js'
import type { Facts, Plan } from '../../../skills/kit/plan.js'
import type { Catalog } from '../../../skills/kit/ports.js'
import type { Attempt } from '../../../skills/kit/proposal.js'
import { entity, to } from '../../hub/testing/small-hub.js'
import { discoverSkills } from '../../discover-skills.js'
import { CatalogIndex } from '../../store/read-model/catalog-index.js'
import { catalogPort } from '../../store/read-model/catalog-port.js'
import { withOwnActions } from '../own-actions.js'

const skills = await discoverSkills(join(import.meta.dirname, '..', '..', '..', 'skills'))

/** How a run ended, and what it said on the way. */
export interface Ended {
  done?: Facts
  failed?: string
  unknown?: string
  /** What its card said, each once in a row. */
  said: string[]
  /** Minutes of business time from its start. */
  minutes: number
}

/** An action with the real port on the local Azure, and a driver in place of the hub's keeper of changes. */
export interface ActionUnderTest {
  local: LocalCloud
  catalog: Catalog
  /** Plans an action on a resource of the shop by its name. */
  plan(action: string, args: { target: string } & Record<string, Json>): Promise<Plan>
  /**
   * Takes an approved plan to its end as the hub does: each step under its own attempts, waits as long as it is told to.
   * @param before what happens before each step, which are counted from 0
   */
  run(action: string, plan: Plan, before?: (step: number) => Promise<void> | void): Promise<Ended>
}

const resource = (name: string, type: string) => {
  const full = `${shop}/${type}/${name}`.toLowerCase()
  const props = { type, region: 'westeurope', environment: 'production' }
  const relations = [to('partOf', 'Service', 'shop', 'tag service'), to('ownedBy', 'Team', 'shop', 'tag team')]
  const record = entity('Resource', full, props, relations, 'azure')
  return { ...record, claims: { azure: { ...record.claims.azure!, name } } }
}

const records = [
  entity('Service', 'shop', { tier: 'critical' }, [to('ownedBy', 'Team', 'shop')]),
  entity('Team', 'shop'),
  resource('vmss-web', 'Microsoft.Compute/virtualMachineScaleSets'),
  resource('shop-web', 'Microsoft.Web/sites'),
  resource('redis-shop', 'Microsoft.Cache/redis'),
]

/** @param own manifests of the organisation's own, by file */
export async function startActionUnderTest(own: Record<string, string> = {}): Promise<ActionUnderTest> {
  const local = await startLocalCloud({ read: 5_000, change: 1_000 })
  const index = new CatalogIndex('tailspin')
  records.forEach((record) => index.put(record))
  const catalog = catalogPort(index, () => [], local)
  const settings = { list: async () => Object.keys(own), read: async (path: string) => own[path] }
  const found = await withOwnActions(skills, settings)
  if (found.mistakes.length) throw new Error(found.mistakes.join('\n'))
  const skill: Skill = found.skills.find(({ name }) => name === 'action')!
  const commandOf = (action: string) => skill.commands[action] as ChangeCommand<Args, 'catalog' | 'cloud'>
  const frame = () => ({ id: 'turn', tenant: 'tailspin', now: local.now(), signal: AbortSignal.timeout(30_000) })
  const ports = { catalog, cloud: local.cloud }

  async function run(action: string, plan: Plan, before?: (step: number) => Promise<void> | void): Promise<Ended> {
    let failures = 0
    const begun = Date.parse(local.now())
    const said: string[] = []
    const attempts: Attempt[] = []
    let state: Json | undefined
    const minutes = () => Math.round((Date.parse(local.now()) - begun) / 60_000)
    for (let steps = 0; steps < 500; steps++) {
      await before?.(steps)
      const unanswered = attempts.find(({ answered }) => answered === undefined)
      const attempt = async <T>(send: (id: string) => Promise<T>): Promise<T> => {
        const mine: Attempt = { id: randomUUID(), sent: local.now() }
        attempts.push(mine)
        const result = await send(mine.id)
        mine.answered = local.now()
        return result
      }
      try {
        const turn = { ...frame(), ...ports, attempt, ...(unanswered && { unanswered }) }
        const step = await commandOf(action).step(plan, state as never, turn as never)
        state = JSON.parse(JSON.stringify(step.state)) as Json
        if (said.at(-1) !== step.progress.text) said.push(step.progress.text)
        if ('done' in step) return { done: step.done, said, minutes: minutes() }
        if ('failed' in step) return { failed: step.failed.message, said, minutes: minutes() }
        if ('unknown' in step) return { unknown: step.unknown, said, minutes: minutes() }
        if (unanswered) unanswered.answered = local.now()
        local.advance(Math.max(1, (Date.parse(step.next) - Date.parse(local.now())) / 1000))
      } catch (error) {
        if (!(error instanceof Fault) || error.code !== 'Unavailable') throw error
        local.advance(Math.min(30, 2 ** ++failures))
      }
    }
    throw new Error(`It did not end: ${said.join(' ')}`)
  }

  return {
    local,
    catalog,
    async plan(action, { target, ...args }) {
      const all: Entity[] = [...(await catalog.all('Resource')), ...(await catalog.all('Service'))]
      const entity = all.find(({ name }) => name === target)
      return commandOf(action).plan({ ...args, target: entity } as never, { ...frame(), ...ports } as never)
    },
    run,
  }
}
