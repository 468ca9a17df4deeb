import { find, meanings, uniques, type Kind, type Meaning } from './links.js'
import type { files } from './schema/files.js'
import { resolveMoment } from './moments.js'
import { didYouMean } from './nearest-name.js'
import type { Problem } from './problem.js'
import type { Path, SourceFile } from './source-file.js'

/** The names that references may use; undefined where their own file could not be read, and nothing can be said. */
export type Names = Record<Kind, string[] | undefined>

/**
 * Checks what a file's values mean: references lead somewhere, moments and zones are real, ids are not used twice.
 * Moments are replaced in place by ISO 8601 UTC strings.
 */
export function checkMeaning(
  source: SourceFile,
  file: keyof typeof files,
  value: unknown,
  names: Names,
  anchor: Date,
): Problem[] {
  const problems: Problem[] = duplicates(source, file, value)
  for (const [pattern, meaning] of Object.entries(meanings[file])) {
    for (const { path, text, key, set } of find(value, pattern)) {
      const moment = meaning === 'moment' ? resolveMoment(text, anchor) : undefined
      if (moment) set(moment)
      const message = moment ? undefined : wrong(meaning, text, names)
      if (!message) continue
      const words = `${key ? '' : `${String(path.at(typeof path.at(-1) === 'number' ? -2 : -1))}: `}${message}`
      problems.push(key ? source.problemAtKey(path.slice(0, -1), text, words) : source.problem(path, words))
    }
  }
  return problems
}

const homes: Record<Kind, string> = {
  person: 'people.yaml',
  team: 'teams.yaml',
  service: 'services.yaml',
  repository: 'repositories.yaml',
  project: 'azureDevOps.projects of organisation.yaml',
  environment: 'subscriptions of organisation.yaml',
  region: 'regions of organisation.yaml',
}

function wrong(meaning: Meaning, text: string, names: Names): string | undefined {
  switch (meaning) {
    case 'moment':
      return `"${text}" is no moment: give \`now\`, \`-41m\`, \`-3h\`, \`-6d 02:14\`, or ISO 8601 with its zone, such as 2026-03-01T09:00:00Z`
    case 'zone':
      return isZone(text)
        ? undefined
        : `"${text}" is no IANA time zone${didYouMean(text, Intl.supportedValuesOf('timeZone'))}`
    case 'time':
      return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
        ? undefined
        : `"${text}" is no time of day: give one from 00:00 to 23:59`
    default: {
      const known = names[meaning]
      if (!known || known.includes(text)) return undefined
      return `there is no ${meaning} "${text}" in ${homes[meaning]}${didYouMean(text, known)}`
    }
  }
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return !/^[+-]/.test(zone)
  } catch {
    return false
  }
}

function duplicates(source: SourceFile, file: keyof typeof files, value: unknown): Problem[] {
  return uniques[file].flatMap((pattern) => {
    const steps = pattern.split('.')
    const fields = steps.pop()!.split('+')
    const list = steps.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], value)
    const first = new Map<string, number>()
    return ((list ?? []) as Record<string, unknown>[]).flatMap((entry, index) => {
      const shown = fields
        .map((field) => entry[field])
        .filter((part) => part !== undefined)
        .join(' ')
      const earlier = first.get(shown.toLowerCase())
      if (shown === '' || earlier === undefined) return first.set(shown.toLowerCase(), index) && []
      const [here, there] = [index, earlier].map((at): Path => [...steps.slice(0, -1), at, fields.at(-1)!])
      const { line } = source.problem(there!, '')
      return [
        source.problem(
          here!,
          `${fields.join(' and ')} "${shown}" is used twice, first in line ${line}: choose another`,
        ),
      ]
    })
  })
}
