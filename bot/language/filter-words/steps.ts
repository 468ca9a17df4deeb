import { kindsBehind } from '../../../skills/kit/catalog/asked-kinds.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import type { RelationType, Step } from '../../../skills/kit/catalog/relation-types.js'

/** How things are said to have others or to belong to them, the likeliest first. */
export const belongings: readonly RelationType[] = [
  'documents',
  'watches',
  'partOf',
  'ownedBy',
  'runsIn',
  'memberOf',
  'affects',
  'builtFrom',
  'runOf',
  'deploys',
  'assignedTo',
  'reviewBy',
  'authoredBy',
  'onCallBy',
  'provides',
  'publishes',
  'declaredBy',
  'causedBy',
  'leadBy',
]

/** The step from a thing to what it has of another kind, or belongs to: a service's incidents are those that affect it. */
export function stepBetween(
  from: KindDeclaration,
  to: KindDeclaration,
  all: readonly KindDeclaration[],
  types: readonly RelationType[] = belongings,
): Step | undefined {
  for (const type of types)
    for (const direction of ['in', 'out'] as const) {
      const step: Step = { type, direction }
      if (kindsBehind(step, [from], all).includes(to)) return step
    }
  return undefined
}

/** Verbs and what they say of how things hang together; "nobody" and "nothing" may stand before the active ones. */
export const verbs: ReadonlyMap<string, Step> = new Map(
  Object.entries({
    'dependsOn out':
      'dependency on|dependencies on|depend on|depends on|depending on|depended on|use|uses|using|call|calls|calling|need|needs|rely on|relies on|relying on',
    'dependsOn in': 'used by|needed by|called by|required by',
    'ownedBy out': 'owned by|belonging to|belong to|belongs to|maintained by|owner is|owned',
    'ownedBy in': 'own|owns|owning',
    'runsIn out': 'running in|run in|runs in|deployed to|deployed in|hosted in|living in|live in|running on',
    'partOf out': 'part of',
    'builtFrom out': 'built from|built out of',
    'builtFrom in': 'building|builds|build',
    'assignedTo out': 'assigned to',
    'authoredBy out': 'opened by|written by|authored by|created by|made by|raised by|asked by|requested by|by',
    'reviewBy out':
      'reviewed by|waiting for review by|to be reviewed by|waiting for review of|waiting for review from|waiting on|waiting for',
    'affects out': 'affecting|affects|affect|hitting|hit|about',
    'affects in': 'affected by|hit by',
    'causedBy out': 'caused by',
    'deploys out': 'deploying|deploys|deploy',
    'watches out': 'watching|watches|monitoring|monitors',
    'watches in': 'watched by|monitored by',
    'documents out': 'documenting|documents',
    'documents in': 'documented by|documented in',
    'publishes in': 'published by',
    'publishes out': 'publishing|publishes|publish',
    'provides in': 'provided by|offered by',
    'provides out': 'providing|provides|provide|offering|offers',
    'consumes out': 'consuming|consumes|consume',
    'declaredBy out': 'declared in|declared by',
    'leadBy out': 'led by|reporting to',
    'memberOf out': 'member of|members of|in team',
    'onCallBy in': 'on call for',
  }).flatMap(([step, phrases]) => {
    const [type, direction] = step.split(' ') as [RelationType, Step['direction']]
    return phrases.split('|').map((phrase): [string, Step] => [phrase, { type, direction }])
  }),
)

/** Nouns for what a thing has by a relation, whatever kind it is. */
export const stepNouns: ReadonlyMap<string, Step> = new Map(
  Object.entries({
    'dependsOn out': 'dependency|dependencies',
    'ownedBy out': 'owner|owners',
    'dependsOn in': 'dependent|dependents|users|consumers|callers',
    'assignedTo out': 'assignee|assignees',
    'reviewBy out': 'reviewer|reviewers|review|reviews',
    'leadBy out': 'lead|leads|manager|team lead',
    'memberOf in': 'member|members',
    'onCallBy out': 'on call schedule|on call|rota|rotation|pager',
    'documents in': 'documentation',
    'watches in': 'monitoring|monitor|alerting',
    'authoredBy out': 'author',
  }).flatMap(([step, phrases]) => {
    const [type, direction] = step.split(' ') as [RelationType, Step['direction']]
    return phrases.split('|').map((phrase): [string, Step] => [phrase, { type, direction }])
  }),
)
