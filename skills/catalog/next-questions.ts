import { stepNamed } from '../kit/catalog/relation-types.js'
import type { NextQuestion } from '../kit/catalog/kind-declaration.js'
import type { Entity, Kind } from '../kit/model.js'
import type { Neighbour } from '../kit/ports.js'
import type { Button } from '../kit/reply.js'
import type { Portrait } from './describe-entity.js'
import { showButton } from './relation-sections.js'

/** A question that a card offers as a button. */
interface Question {
  /** Kinds that its command answers for; any where absent. */
  takes?: readonly Kind[]
  button(of: Entity): Button
}

const asks = (title: (name: string) => string, command: string, argument: string) => ({
  button: ({ kind, id, name }: Entity): Button => ({
    title: title(name),
    intent: { command, args: { [argument]: { kind, id } } },
  }),
})

const questions: Record<NextQuestion['ask'], Question> = {
  'on-call': { takes: ['Service', 'Team'], ...asks((name) => `Who's on call for ${name}`, 'on-call.show', 'target') },
  dependents: { takes: ['Service'], ...asks((name) => `What depends on ${name}`, 'catalog.depends', 'entity') },
  incidents: { takes: ['Service', 'Team'], ...asks((name) => `Incidents of ${name}`, 'incident.list', 'scope') },
  owner: asks((name) => `Who owns ${name}`, 'catalog.owner', 'entity'),
  show: { button: showButton },
}

/**
 * What is likely asked next of an entity, as its kind declares it: of itself, or of the first that its command answers for one step away.
 * @param ownerless whether a team owns nothing: the team of the whole company is nobody to turn to
 */
export function nextButtons(portrait: Portrait, ownerless: (team: Entity) => boolean): Button[] {
  const buttons = portrait.declared.next.flatMap(({ ask, of }) => {
    const { takes, button } = questions[ask]
    const around = of === undefined ? [portrait.entity] : stepFrom(portrait, of)
    const target = around.find((one) => (takes?.includes(one.kind) ?? true) && !ownerless(one))
    return target ? [button(target)] : []
  })
  return [...new Map(buttons.map((button) => [button.title, button])).values()]
}

function stepFrom({ out, back }: Portrait, name: string): Entity[] {
  const step = stepNamed(name)
  const of = ({ relation }: Neighbour) => relation.type === step?.type
  return (step?.direction === 'out' ? out : back).filter(of).map(({ entity }) => entity)
}
