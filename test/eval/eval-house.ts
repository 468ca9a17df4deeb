import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { createRegistry } from '../../bot/hub/registry.js'
import type { LearntRequests, View } from '../../bot/language/evidence.js'
import { createNameIndex, type NameIndex } from '../../bot/language/name-index.js'
import { namesFor } from '../../bot/language/names.js'
import { createUnderstand } from '../../bot/language/understand.js'
import type { Hearing, NamedEntity, Understanding } from '../../bot/language/understanding.js'
import { projectRoot } from '../../infra/local/project-root.js'
import type { Skill } from '../../skills/kit/command.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import type { Called } from './judge.js'
import type { EvalCase } from './eval-case.js'

/** The moment at which all cases are said: a Wednesday. */
export const saidAt = '2026-11-18T09:00:00.000Z'
const speaker = 'dana@contoso.com'

/** Contoso as understanding knows it: the product's own commands, and the names that its catalog has. */
export interface EvalHouse extends Called {
  commands: readonly CommandInfo[]
  names: readonly NamedEntity[]
  /** The names as one utterance is understood with them. */
  namesNow(): NameIndex
  hearingOf(one: EvalCase): Hearing
  hear(one: EvalCase): Understanding
}

/** What the catalog of Contoso names, as the product reads it from the local tenant (`npm run eval -- --read-names`). */
export const namesFile = (): string => join(projectRoot(), 'test', 'eval', 'contoso-names.jsonl')

/** The team of each of Contoso's people, by the beginning of their mail address. */
function readTeams(names: readonly NamedEntity[]) {
  const people = parse(readFileSync(join(projectRoot(), 'infra', 'local', 'contoso', 'people.yaml'), 'utf8')) as {
    id: string
    team?: string
  }[]
  return new Map(
    people.map(({ id, team }) => [id, names.filter((one) => one.kind === 'Team' && one.id === team)] as const),
  )
}

/** @param observe is shown what is weighed of each text that no phrase decides */
export function openEvalHouse(
  skills: readonly Skill[],
  observe?: (views: readonly View[], learnt: LearntRequests) => void,
): EvalHouse {
  const { commands } = createRegistry(skills)
  const names = readFileSync(namesFile(), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as NamedEntity)
  const teams = readTeams(names)
  const understand = createUnderstand(commands, observe)
  const index = createNameIndex(names)
  const namesNow = () => namesFor(index, () => true)
  const groups = new Map(
    names.flatMap(({ id, name }) => {
      const [, group] = /\/resourcegroups\/([^/]+)\/providers\//i.exec(id) ?? []
      return group === undefined ? [] : [[name.toLowerCase(), group.toLowerCase()] as const]
    }),
  )
  const called = new Map(names.map(({ kind, id, name }) => [`${kind} ${id}`, name]))
  const hearingOf = (one: EvalCase): Hearing => ({
    text: one.text,
    tenant: 'contoso',
    now: saidAt,
    zone: one.zone ?? 'Europe/Berlin',
    locale: 'en',
    mentions: [],
    speaker: { kind: 'Person', id: one.speaker ?? speaker },
    teams: teams.get((one.speaker ?? speaker).split('@')[0]!) ?? [],
  })
  return {
    commands,
    names,
    namesNow,
    groupOf: (name) => groups.get(name),
    nameOf: ({ kind, id }) => called.get(`${kind} ${id}`),
    hearingOf,
    hear: (one) => understand(hearingOf(one), namesNow()),
  }
}
