import type { Icon } from '../../cards/icons.js'
import type { State, Text } from '../../cards/model.js'
import { dotted, instantProp, lasted, severityOf, textProp } from '../kit/answer.js'
import type { Entity, Kind, RelationType } from '../kit/model.js'
import type { Neighbour } from '../kit/ports.js'
import type { CardBody } from '../kit/reply.js'
import { regionName, typeName } from '../kit/azure-names.js'

const kindIcons: Partial<Record<Kind, Icon>> = {
  Service: 'service',
  Resource: 'resource',
  Repository: 'repository',
  Pipeline: 'pipeline',
  Person: 'person',
  Team: 'team',
  Runbook: 'document',
  PullRequest: 'repository',
  WorkItem: 'document',
}
const titles: Partial<Record<Kind, string>> = {
  Resource: 'Azure resource',
  WorkItem: 'Work item',
  PullRequest: 'Pull request',
  AlertRule: 'Alert rule',
  Schedule: 'On-call schedule',
}

/** What a state that needs somebody looks like; all others are calm. */
const alarming: Record<string, State> = {
  failed: 'attention',
  unavailable: 'attention',
  degraded: 'warning',
  'partially succeeded': 'warning',
}

/** A kind as people call it. */
const kindName = (kind: Kind): string => titles[kind] ?? kind

/** Several of a kind, as people call them. */
export const kindNames = (kind: Kind): string => `${kindName(kind).replace(/y$/, 'ie')}s`

/** How an entity is headed: what it is, how it stands and the sentence that says it. */
export type Head = Pick<CardBody, 'state' | 'icon' | 'topic' | 'title' | 'status' | 'sentence'>

/**
 * The head of an entity's card. What has a title of its own, such as an incident, is headed by that; its name is what people quote.
 * @param out what it points at
 */
export function headOf(entity: Entity, out: readonly Neighbour[]): Head {
  if (entity.kind === 'Incident') return incidentHead(entity, out)
  const icon = kindIcons[entity.kind]
  const status = textProp(entity, 'state')?.toLowerCase()
  const title = textProp(entity, 'title')
  const sentence = sentenceOf(entity, out)
  return {
    state: (status && alarming[status]) || 'accent',
    ...(icon && { icon }),
    topic: title ? `${kindName(entity.kind)} · ${entity.name}` : kindName(entity.kind),
    title: title ?? entity.name,
    ...(status && { status }),
    ...(sentence && { sentence }),
  }
}

function incidentHead(incident: Entity, out: readonly Neighbour[]): Head {
  const opened = instantProp(incident, 'opened')
  const resolved = instantProp(incident, 'resolved')
  const took = opened && resolved ? lasted(opened, resolved) : undefined
  const hurt = namesOf(out, 'affects') || textProp(incident, 'service') || 'An unknown service'
  const who = namesOf(out, 'assignedTo')
  const open: Text = dotted(textProp(incident, 'state') ?? 'open', opened && [{ since: opened }]) ?? 'open'
  return {
    state: resolved ? 'good' : textProp(incident, 'state') === 'acknowledged' ? 'warning' : 'attention',
    topic: [severityOf(incident), incident.name].filter(Boolean).join(' · '),
    title: textProp(incident, 'title') ?? incident.name,
    status: resolved ? (took ? `resolved after ${took}` : 'resolved') : open,
    sentence: resolved
      ? [`${hurt} works again`, ...(opened ? ['; it broke ', { ago: opened }] : []), '.']
      : `${hurt} is affected; ${who ? `${who} has it` : 'nobody has it yet'}.`,
  }
}

function sentenceOf(entity: Entity, out: readonly Neighbour[]): Text | undefined {
  const said = textProp(entity, 'summary') ?? textProp(entity, 'jobTitle')
  if (said) return withStop(said)
  if (entity.kind === 'Resource') return resourceSentence(entity, out)
  if (entity.kind === 'Pipeline') {
    const ran = instantProp(entity, 'lastRun')
    return ran ? [`Its last run ${textProp(entity, 'state') ?? 'ended'} `, { ago: ran }, '.'] : 'It has not run yet.'
  }
  if (entity.kind === 'PullRequest') {
    const author = namesOf(out, 'authoredBy')
    const repository = textProp(entity, 'repository')
    const opened = instantProp(entity, 'opened')
    return [
      author ? `${author} opened it` : 'It was opened',
      ...(repository ? [` in ${repository}`] : []),
      ...(opened ? [' ', { ago: opened }] : []),
      '.',
    ]
  }
  return undefined
}

function resourceSentence(resource: Entity, out: readonly Neighbour[]): string {
  const type = textProp(resource, 'type')
  const region = textProp(resource, 'region')
  const service = namesOf(out, 'partOf')
  const where = region && (region === 'global' ? ' everywhere' : ` in ${regionName(region)}`)
  return `${type ? typeName(type) : 'Resource'}${where ?? ''}${service ? `, part of ${service}` : ''}.`
}

const withStop = (sentence: string): string => (/[.!?…]$/.test(sentence) ? sentence : `${sentence}.`)

/** Names of what an entity points at by a relation, each once; empty where it points at nothing. */
export const namesOf = (neighbours: readonly Neighbour[], type: RelationType): string =>
  [...new Set(neighbours.filter(({ relation }) => relation.type === type).map(({ entity }) => entity.name))].join(', ')
