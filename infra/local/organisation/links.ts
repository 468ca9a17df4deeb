import type { files } from './schema/files.js'
import type { Path } from './source-file.js'

/** What a reference names. */
export type Kind = 'person' | 'team' | 'service' | 'repository' | 'project' | 'environment' | 'region'

/** What a value must be beyond its shape: a reference, a moment, an IANA zone, a time of day. */
export type Meaning = Kind | 'moment' | 'zone' | 'time'

/** `*` stands for each entry of a list, `{}` at the end for each key of a set of properties. */
export const meanings: Record<keyof typeof files, Record<string, Meaning>> = {
  'organisation.yaml': {
    'groups.*.members.*': 'person',
    'azureDevOps.capacity.*.person': 'person',
    'azureDevOps.feeds.*.project': 'project',
    'azureDevOps.feeds.*.packages.*.versions.*.at': 'moment',
  },
  'people.yaml': { '*.team': 'team', '*.manager': 'person', '*.zone': 'zone' },
  'teams.yaml': { '*.lead': 'person' },
  'services.yaml': {
    '*.team': 'team',
    '*.dependsOn.*': 'service',
    '*.repository': 'repository',
    '*.versions.{}': 'environment',
  },
  'resources.yaml': {
    '*.service': 'service',
    '*.in.{}': 'environment',
    '*.in.*.*': 'region',
    '*.backup.last': 'moment',
    '*.except.*.backup.last': 'moment',
    '*.changes.*.at': 'moment',
    '*.changes.*.by': 'person',
  },
  'api-management.yaml': {},
  'repositories.yaml': {
    '*.project': 'project',
    '*.team': 'team',
    '*.commits.*.by': 'person',
    '*.commits.*.at': 'moment',
    '*.pulls.*.by': 'person',
    '*.pulls.*.reviewers.*': 'person',
    '*.pulls.*.opened': 'moment',
    '*.pulls.*.updated': 'moment',
    '*.workflows.*.runs.*.at': 'moment',
    '*.workflows.*.runs.*.by': 'person',
    '*.packages.*.at': 'moment',
    '*.alerts.*.at': 'moment',
  },
  'pipelines.yaml': {
    '*.project': 'project',
    '*.repository': 'repository',
    '*.service': 'service',
    '*.environments.*.approvers.*': 'person',
    '*.runs.*.at': 'moment',
    '*.runs.*.by': 'person',
  },
  'work-items.yaml': {
    '*.project': 'project',
    '*.assigned': 'person',
    '*.team': 'team',
    '*.created': 'moment',
    '*.changed': 'moment',
    '*.due': 'moment',
  },
  'on-call.yaml': {
    '*.team': 'team',
    '*.zone': 'zone',
    '*.people.*': 'person',
    '*.start': 'moment',
    '*.handover': 'time',
    '*.overrides.*.person': 'person',
    '*.overrides.*.from': 'moment',
    '*.overrides.*.to': 'moment',
    '*.escalation.*': 'person',
  },
  'incidents.yaml': {
    '*.service': 'service',
    '*.opened': 'moment',
    '*.acknowledged': 'moment',
    '*.resolved': 'moment',
    '*.assigned': 'person',
    '*.acknowledgedBy': 'person',
    '*.resolvedBy': 'person',
    '*.notes.*.by': 'person',
    '*.notes.*.at': 'moment',
  },
  'costs.yaml': { '*.service': 'service', '*.environment': 'environment', '*.changes.*.from': 'moment' },
}

/** Fields, or several together, that no two entries of a file may share. */
export const uniques: Record<keyof typeof files, string[]> = {
  'organisation.yaml': [
    'subscriptions.*.id',
    'azureDevOps.projects.*.name',
    'azureDevOps.capacity.*.person',
    'azureDevOps.feeds.*.project+name',
    'groups.*.id',
    'channels.*.id',
  ],
  'people.yaml': ['*.id', '*.github'],
  'teams.yaml': ['*.id'],
  'services.yaml': ['*.id'],
  'resources.yaml': [],
  'api-management.yaml': ['*.service'],
  'repositories.yaml': ['*.host+project+name'],
  'pipelines.yaml': ['*.project+name'],
  'work-items.yaml': ['*.id'],
  'on-call.yaml': ['*.id'],
  'incidents.yaml': ['*.number'],
  'costs.yaml': ['*.service+environment'],
}

/** A string that was found, with its place; `set` replaces it. */
export interface Found {
  path: Path
  text: string
  /** The value is the key of a set of properties. */
  key?: true
  set(text: string): void
}

/** All strings of a value that a pattern such as `*.pulls.*.opened` names. */
export function* find(value: unknown, pattern: string): Generator<Found> {
  yield* walk(value, pattern.split('.'), [])
}

function* walk(value: unknown, [step, ...rest]: string[], path: Path): Generator<Found> {
  if (typeof value !== 'object' || value === null || step === undefined) return
  const holder = value as Record<string, unknown>
  if (step === '{}') {
    for (const text of Object.keys(holder)) yield { path: [...path, text], text, key: true, set: () => {} }
    return
  }
  for (const name of step === '*' ? Object.keys(holder) : [step]) {
    const at = [...path, Array.isArray(value) ? Number(name) : name]
    const inner = holder[name]
    if (rest.length > 0) yield* walk(inner, rest, at)
    else if (typeof inner === 'string') yield { path: at, text: inner, set: (text) => void (holder[name] = text) }
  }
}
