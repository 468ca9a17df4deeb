import type { ActionManifest, ManifestMistake } from '../kit/action-manifest.js'
import { environmentName } from '../kit/environment-names.js'
import { ExpressionError, parseExpression, rootsOf } from './expression.js'
import { parseTemplate, textsIn } from './template.js'

/** Names that arguments and reads cannot have: they are there already. */
const reserved = new Set(['target', 'environment', 'item', 'true', 'false', 'null', 'and', 'or', 'not'])

type At = ManifestMistake['at']

/**
 * What is wrong with a manifest beside its shape: expressions that are none, names that nothing has at that point, phrases that do not
 * begin with the action's verb, labels that do not go together.
 */
export function checkManifest(manifest: ActionManifest): ManifestMistake[] {
  const mistakes: ManifestMistake[] = []
  const { parameters, reads, before, after, guards, request, confirm, result, undo } = manifest
  const given = ['target', ...Object.keys(parameters)]
  const all = [...given, ...Object.keys(reads)]

  const wrong = (at: At, message: string) => void mistakes.push({ at, message })
  const checked = (at: At, known: readonly string[], roots: () => string[]) => {
    try {
      for (const root of roots())
        if (!known.includes(root)) wrong(at, `nothing is called ${root} here; there is ${known.join(', ')}`)
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      wrong(at, `${error.message} (character ${error.position + 1})`)
    }
  }
  const expression = (text: string, at: At, known: readonly string[] = all) =>
    checked(at, known, () => rootsOf(parseExpression(text)))
  const template = (text: string, at: At, known: readonly string[] = all) =>
    checked(at, known, () => parseTemplate(text).flatMap((part) => (typeof part === 'string' ? [] : rootsOf(part))))

  for (const [group, names] of [
    ['parameters', Object.keys(parameters)],
    ['reads', Object.keys(reads)],
  ] as const)
    for (const name of names) {
      if (reserved.has(name)) wrong([group, name], `${name} has a meaning of its own`)
      if (group === 'reads' && Object.hasOwn(parameters, name))
        wrong([group, name], `a parameter is called ${name} too`)
    }
  manifest.says.forEach((phrase, index) => checkPhrase(manifest, phrase, (message) => wrong(['says', index], message)))
  Object.entries(reads).forEach(([name, read], index) =>
    template(read.path, ['reads', name, 'path'], [...given, ...Object.keys(reads).slice(0, index)]),
  )
  for (const name of typeof manifest.risk === 'string' ? [] : Object.keys(manifest.risk))
    if (name !== 'otherwise' && environmentName(name) !== name)
      wrong(['risk', name], `it is ${environmentName(name)} here`)
  for (const [label, { value }] of Object.entries(before)) expression(value, ['before', label, 'value'])
  for (const [label, value] of Object.entries(after)) {
    expression(value, ['after', label])
    if (!Object.hasOwn(before, label)) wrong(['after', label], `before has no ${label}`)
  }
  guards.forEach((guard, index) => {
    expression(guard.holds, ['guards', index, 'holds'])
    template(guard.yes, ['guards', index, 'yes'])
    template(guard.no, ['guards', index, 'no'])
  })
  for (const name of ['title', 'consequence'] as const) template(manifest[name], [name])
  template(manifest.doing, ['doing'], given)
  template(request.path, ['request', 'path'], given)
  if (!/^\{target\.id\}|^\/subscriptions\/\{target\.subscription\}\//.test(request.path))
    wrong(['request', 'path'], 'it begins with {target.id}, or with /subscriptions/{target.subscription}/')
  for (const { text, at } of textsIn(request.body ?? null)) template(text, ['request', 'body', ...at])
  if (confirm.by === 'state')
    for (const name of ['taken', 'ended'] as const) expression(confirm[name], ['confirm', name])
  for (const [label, value] of Object.entries(result)) expression(value, ['result', label])
  if ('args' in undo) for (const [name, value] of Object.entries(undo.args)) expression(value, ['undo', 'args', name])
  return mistakes
}

/** An utterance that changes something opens with its verb, so a phrase does too, and says what it is about. */
function checkPhrase(manifest: ActionManifest, phrase: string, wrong: (message: string) => void): void {
  const known = ['target', 'environment', ...Object.keys(manifest.parameters)]
  if (/^\s*\{/.test(phrase)) wrong('it begins with a value; what changes something begins with its verb')
  const slots = [...phrase.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  for (const name of slots) if (!known.includes(name)) wrong(`there is no argument ${name}`)
  if (!slots.includes('target')) wrong('it names no {target}')
}
