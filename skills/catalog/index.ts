import { builtInKinds } from '../kit/catalog/built-in-kinds.js'
import { choice, entity, number, optional } from '../kit/arguments.js'
import { defineSkill } from '../kit/command.js'
import { kinds, ownKinds, type Kind } from '../kit/model.js'
import { directions, saidDirections } from './direction.js'
import { showDependencies } from './show-dependencies.js'
import { showEntity } from './show-entity.js'
import { showOwner } from './show-owner.js'

/** Kinds whose things have an owner. */
const ownableKinds = builtInKinds.filter(({ ownable }) => ownable).map(({ kind }) => kind)

/** Kinds that another skill shows better than the catalog does. */
const shownBy: Partial<Record<Kind, { command: string; argument: string }>> = {
  Incident: { command: 'incident.show', argument: 'incident' },
  Proposal: { command: 'approval.show', argument: 'proposal' },
}

export default defineSkill({
  name: 'catalog',
  summary: "The organisation's software: what there is, who owns it, what hangs on what.",
  order: 30,
  area: 'catalog',
  uses: ['catalog', 'commands'],
  commands: {
    show: {
      summary: 'What the catalog knows of a thing',
      says: [
        'show {entity}',
        'show me {entity}',
        'what is {entity}',
        'who is {entity}',
        'describe {entity}',
        'details of {entity}',
        'info on {entity}',
        'tell me about {entity}',
        'look up {entity}',
        'open {entity}',
        'card of {entity}',
        'what do you know about {entity}',
      ],
      args: { entity: entity([...kinds, ownKinds], 'what') },
      effect: 'read',
      role: 'developer',
      featured: true,
      run({ entity }, turn) {
        const own = shownBy[entity.kind]
        if (!own || !turn.commands.offers(own.command)) return showEntity(entity, turn)
        const { kind, id } = entity
        return turn.commands.call({ command: own.command, args: { [own.argument]: { kind, id } } })
      },
    },
    owner: {
      summary: 'Who owns a thing, and why',
      says: [
        'who owns {entity}',
        'owner of {entity}',
        'who is the owner of {entity}',
        'whose is {entity}',
        'which team owns {entity}',
        'what team owns {entity}',
        'who is responsible for {entity}',
        'who maintains {entity}',
        'team of {entity}',
        'who looks after {entity}',
        'ownership of {entity}',
        '{entity} owner',
      ],
      args: { entity: entity([...ownableKinds, ownKinds], 'what') },
      effect: 'read',
      role: 'developer',
      featured: true,
      run: ({ entity }, turn) => showOwner(entity, turn),
    },
    depends: {
      summary: 'What depends on a service, or what it depends on',
      says: [
        'what depends on {entity}',
        'who depends on {entity}',
        'what uses {entity}',
        'who uses {entity}',
        '{direction} of {entity}',
        'what breaks if {entity} fails',
        'what breaks if {entity} goes down',
        'what breaks without {entity}',
        'what happens if {entity} fails',
        'blast radius of {entity}',
        'impact of {entity}',
        'what stands on {entity}',
        '{direction} dependencies of {entity}',
        'what is {direction} of {entity}',
        'what does {entity} {direction}',
        'what does {entity} {direction} on',
        '{entity} {direction}',
      ],
      args: {
        entity: entity('Service', 'what'),
        direction: optional(choice('which way', directions, saidDirections)),
        depth: optional(number('how many steps', { min: 1, max: 20 })),
      },
      effect: 'read',
      role: 'developer',
      featured: true,
      run: ({ entity, direction, depth }, turn) => showDependencies(entity, direction ?? 'up', depth, turn),
    },
  },
  offers: ['on-call.show', 'incident.list', 'incident.show', 'approval.show'],
})
