import { choice, entity, filter, number, optional, range, text, time } from '../kit/arguments.js'
import { declaredProperties } from '../kit/declarations.js'
import { builtInKinds } from '../kit/catalog/built-in-kinds.js'
import { defineSkill } from '../kit/command.js'
import { kinds, ownKinds, type Kind } from '../kit/model.js'
import { catalogAt, entityAt, sayAsOf } from './as-of.js'
import { directions, saidDirections, toldDirections } from './direction.js'
import { planEnrichment, saidProperties, stepEnrichment } from './enrich-entity.js'
import { planRetraction, stepRetraction } from './retract-enrichment.js'
import { findEntities } from './find-entities.js'
import { says } from './says.js'
import { saysOfConsequences } from './says-of-consequences.js'
import { saysOfFinding } from './says-of-finding.js'
import { saysOfRelations } from './says-of-relations.js'
import { saysOfChanges } from './says-of-changes.js'
import { saysIn } from './says-in.js'
import { saysOfOwners } from './says-of-owners.js'
import { saysOfPaths } from './says-of-paths.js'
import { saysOfDifferences } from './says-of-differences.js'
import { saysOfThings } from './says-of-things.js'
import { showChanges } from './show-changes.js'
import { showDependencies } from './show-dependencies.js'
import { showEntity } from './show-entity.js'
import { showOwner } from './show-owner.js'
import { showPath } from './show-path.js'

/** Kinds whose things have an owner. */
const ownableKinds = builtInKinds.filter(({ ownable }) => ownable).map(({ kind }) => kind)

/** Kinds that another skill shows better than the catalog does. */
const shownBy: Partial<Record<Kind, { command: string; argument: string }>> = {
  Incident: { command: 'incident.show', argument: 'incident' },
  Proposal: { command: 'approval.show', argument: 'proposal' },
}

const at = optional(time('as of when'))
/** Kinds that depend on each other. */
const linked: readonly Kind[] = ['Service', 'Resource', 'Api']
/** Kinds that have something of their own, by which "what changed" is asked. */
const scopes: readonly Kind[] = ['Team', 'Service', 'Resource', 'Repository', 'Api', 'Environment', 'Pipeline']

export default defineSkill({
  name: 'catalog',
  summary: "The organisation's software: what there is, who owns it, what hangs on what.",
  order: 30,
  area: 'catalog',
  uses: ['catalog', 'commands', 'declarations'],
  commands: {
    show: {
      summary: 'What the catalog knows of a thing',
      says: [...says, ...saysOfThings],
      saysIn: saysIn.show,
      args: { entity: entity([...kinds, ownKinds], 'what'), at },
      effect: 'read',
      role: 'developer',
      featured: true,
      async run({ entity, at }, turn) {
        const own = shownBy[entity.kind]
        if (at) {
          const catalog = catalogAt(turn.catalog, at)
          return sayAsOf(await showEntity(await entityAt(entity, at, turn), { ...turn, catalog }), at)
        }
        if (!own || !turn.commands.offers(own.command)) return showEntity(entity, turn)
        const { kind, id } = entity
        return turn.commands.call({ command: own.command, args: { [own.argument]: { kind, id } } })
      },
    },
    owner: {
      summary: 'Who owns a thing, and why',
      says: saysOfOwners,
      saysIn: saysIn.owner,
      args: { entity: entity([...ownableKinds, ownKinds], 'what') },
      effect: 'read',
      role: 'developer',
      featured: true,
      run: ({ entity }, turn) => showOwner(entity, turn),
    },
    find: {
      summary: 'Find things by what they are, such as databases without a backup',
      says: saysOfFinding,
      args: { filter: filter('what to find'), at, after: optional(text('from which page on', 500)) },
      effect: 'read',
      role: 'developer',
      run: (question, turn) => findEntities(question, turn),
    },
    depends: {
      summary: 'What depends on a thing, or what it depends on',
      says: [...saysOfRelations, ...saysOfConsequences],
      saysIn: saysIn.depends,
      args: {
        entity: entity(linked, 'what'),
        direction: optional(choice('which way', directions, saidDirections, toldDirections)),
        depth: optional(number('how many steps', { min: 1, max: 20 })),
        at,
      },
      effect: 'read',
      role: 'developer',
      featured: true,
      async run({ entity, direction, depth, at }, turn) {
        const catalog = catalogAt(turn.catalog, at)
        const then = await entityAt(entity, at, turn)
        return sayAsOf(await showDependencies(then, direction ?? 'up', depth, { ...turn, catalog }), at)
      },
    },
    path: {
      summary: 'How one thing reaches another, by what depends on what',
      says: saysOfPaths,
      args: { from: entity(linked, 'from what'), to: entity(linked, 'to what'), at },
      effect: 'read',
      role: 'developer',
      run: ({ from, to, at }, turn) => showPath(from, to, at, turn),
    },
    changed: {
      summary: 'What became different of a team, a service or a resource',
      says: saysOfDifferences,
      args: { scope: entity(scopes, 'of what'), range: range('in which time') },
      effect: 'read',
      role: 'developer',
      run: ({ scope, range }, turn) => showChanges(scope, range, turn),
    },
    enrich: {
      summary: 'Say what the catalog should know of a thing, by a pull request to its catalog-info.yaml',
      says: saysOfChanges.enrich,
      args: {
        entity: entity(linked, 'of what'),
        property: choice('what of it', declaredProperties, saidProperties),
        value: text('what it is', 500, 'name', ['=', '→', 'to', 'is', 'as', 'on']),
      },
      effect: 'change',
      role: 'developer',
      plan: (args, turn) => planEnrichment(args, turn),
      step: (plan, state: { sent: string } | undefined, turn) => stepEnrichment(plan, state, turn),
    },
    retract: {
      summary: 'Close a pull request by which Nexus proposed what the catalog should know',
      says: saysOfChanges.retract,
      args: { repository: entity('Repository', 'in which repository'), branch: text('of which branch', 120) },
      effect: 'change',
      role: 'developer',
      plan: (args, turn) => planRetraction(args, turn),
      step: (plan, state: { sent: string } | undefined, turn) => stepRetraction(plan, state, turn),
    },
  },
  offers: ['on-call.show', 'incident.list', 'incident.show', 'approval.show'],
})
