import type { Row } from '../../cards/model.js'
import { answer, count, textProp } from '../kit/answer.js'
import type { ActionManifest } from '../kit/action-manifest.js'
import { typeName } from '../kit/azure-names.js'
import type { Entity } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import { readablePhrase } from '../kit/readable-phrase.js'
import type { Button, Reply, Section } from '../kit/reply.js'
import { argumentsOf } from './compile-action.js'
import { isOf } from './resolve-target.js'

type ListingTurn = Pick<Turn<'catalog' | 'commands'>, 'catalog' | 'commands'>

/** Says what can be done, all of it or on a target, to whom it is allowed. */
export async function listActions(
  manifests: readonly ActionManifest[],
  target: Entity | undefined,
  turn: ListingTurn,
): Promise<Reply> {
  const allowed = manifests.filter(({ id }) => turn.commands.offers(`action.${id}`))
  const resources = target && (await resourcesOf(target, turn))
  const fitting = resources
    ? allowed.filter((manifest) => resources.some((one) => isOf(manifest.target, one)))
    : allowed
  const title = target?.name ?? 'All actions'
  const sentence = sentenceOf(fitting.length, target, resources)
  return answer({
    state: fitting.length ? 'accent' : 'emphasis',
    topic: 'Actions',
    title,
    sentence,
    sections: sectionsOf(fitting, target),
  })
}

async function resourcesOf(target: Entity, { catalog }: ListingTurn): Promise<Entity[]> {
  if (target.kind === 'Resource') return [target]
  const parts = await catalog.related(target, { type: 'partOf', direction: 'in' })
  return parts.map(({ entity }) => entity).filter(({ kind }) => kind === 'Resource')
}

function sentenceOf(found: number, target: Entity | undefined, resources: Entity[] | undefined): string {
  if (!target) return `${count(found, 'action')} you may ask for. Each is planned and approved before anything happens.`
  if (found)
    return `${count(found, 'action')} you may ask for on ${target.name}. Each is planned and approved before anything happens.`
  const types = [...new Set((resources ?? []).flatMap((one) => textProp(one, 'type') ?? []))].map(typeName)
  return types.length
    ? `There is no action that you may ask for on ${target.name}: it is ${types.join(', ').toLowerCase()}.`
    : `There is no action on ${target.name}: no Azure resource belongs to it.`
}

function sectionsOf(manifests: readonly ActionManifest[], target: Entity | undefined): Section[] {
  const categories = [...new Set(manifests.map(({ category }) => category))].sort()
  return categories.map((title) => ({
    kind: 'rows',
    title,
    rows: manifests.filter(({ category }) => category === title).map((manifest) => rowOf(manifest, target)),
  }))
}

/** An action to tap: with a target it is asked for, otherwise it is explained. */
function rowOf(manifest: ActionManifest, target: Entity | undefined): Row<Button> {
  const { id, summary, says } = manifest
  const asks = target && { command: `action.${id}`, args: { target: { kind: target.kind, id: target.id } } }
  return {
    title: [{ strong: summary }],
    detail: `“${readablePhrase(says[0]!, argumentsOf(manifest))}”`,
    select: { title: summary, intent: asks ?? { command: 'action.show', args: { action: id } } },
  }
}
