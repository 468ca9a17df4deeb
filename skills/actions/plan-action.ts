import { textProp } from '../kit/answer.js'
import { environmentName } from '../kit/environment-names.js'
import { Fault, notFound } from '../kit/errors.js'
import type { ActionGuard, ActionManifest } from '../kit/action-manifest.js'
import type { Entity, Json } from '../kit/model.js'
import type { Decision, Facts, Plan, Risk } from '../kit/plan.js'
import type { Turn } from '../kit/ports.js'
import { factsOf, ownerOf, readAll, targetScope, valueOf } from './action-scope.js'
import { resolveTarget } from './resolve-target.js'
import { fill, fillBody, fillPath, parseTemplate } from './template.js'
import type { Scope } from './expression.js'

/** Arguments of an action as its command gives them: the target, perhaps an environment, and its parameters. */
export type ActionArguments = { target: Entity; environment?: Entity } & Record<string, unknown>

/** What a turn needs for planning an action. */
export type PlanningTurn = Pick<Turn<'catalog' | 'cloud'>, 'catalog' | 'cloud'>

/** Works out what an action would do: finds the target, reads it, checks the guards. Sends nothing. */
export async function planAction(manifest: ActionManifest, args: ActionArguments, turn: PlanningTurn): Promise<Plan> {
  const target = await resolveTarget(manifest.target, args.target, args.environment, turn.catalog)
  const parameters = parametersOf(manifest, args)
  const known = { target: await targetScope(target, turn.catalog), ...parameters }
  const scope = await readAll(manifest, known, turn.cloud).catch((error: unknown) => {
    if (!(error instanceof Fault) || error.code !== 'NotFound') throw error
    throw notFound(`${target.name} is not in Azure any more.`, 'The catalog follows within minutes.')
  })
  const said = textProp(target, 'environment')
  const environment = said === undefined ? undefined : environmentName(said)
  const team = await ownerOf(target, turn.catalog)
  const { before, binds } = observed(manifest, scope)
  return {
    target: { kind: target.kind, id: target.id },
    title: say(manifest.title, scope),
    consequence: say(manifest.consequence, scope),
    ...(environment !== undefined && { environment }),
    ...(team !== undefined && { team }),
    args: { target: { kind: target.kind, id: target.id }, name: target.name, ...parameters },
    before,
    after: factsOf(manifest.after, scope),
    binds,
    guards: manifest.guards.map((guard) => decide(guard, scope)),
    undo: undoOf(manifest, scope),
    risk: riskIn(manifest.risk, environment),
    requests: [requestLine(manifest, scope)],
  }
}

/** The parameters alone, as plain values. */
export const parametersOf = ({ parameters }: ActionManifest, args: Record<string, unknown>): Record<string, Json> =>
  Object.fromEntries(Object.keys(parameters).map((name) => [name, (args[name] as Json | undefined) ?? null]))

/** What is so now, and what of it must not move. */
export function observed({ before }: ActionManifest, scope: Scope): { before: Facts; binds: Facts } {
  const pick = (labels: [string, { value: string }][]) =>
    factsOf(Object.fromEntries(labels.map(([label, { value }]) => [label, value])), scope)
  const all = Object.entries(before)
  return { before: pick(all), binds: pick(all.filter(([, { binds }]) => binds)) }
}

export const say = (template: string, scope: Scope): string => fill(parseTemplate(template), scope)

/** The decision of a guard with its reason. One that warns says what it found and stops nothing. */
function decide({ holds, yes, no, warns }: ActionGuard, scope: Scope): Decision {
  const fine = valueOf(holds, scope) === true
  return { allowed: fine || warns === true, reason: say(fine ? yes : no, scope), ...(warns && !fine && { warns }) }
}

function undoOf({ undo }: ActionManifest, scope: Scope): Plan['undo'] {
  if ('impossible' in undo) return { impossible: undo.impossible }
  const { id } = scope.target as { id: string }
  const args = Object.entries(undo.args).map(([name, value]) => [name, valueOf(value, scope)] as const)
  return {
    command: `action.${undo.action}`,
    args: { target: { kind: 'Resource', id }, ...Object.fromEntries(args) },
  }
}

function riskIn(risk: ActionManifest['risk'], environment: string | undefined): Risk {
  if (typeof risk === 'string') return risk
  return environment !== undefined && Object.hasOwn(risk, environment) ? risk[environment]! : risk.otherwise
}

/** The request as Azure gets it. */
export function requestOf({ request }: ActionManifest, scope: Scope) {
  const { method, path, apiVersion, body } = request
  return {
    method,
    path: fillPath(parseTemplate(path), scope),
    apiVersion,
    ...(body !== undefined && { body: fillBody(body, scope) }),
  }
}

/** The request in one line for those who want to see it. */
function requestLine(manifest: ActionManifest, scope: Scope): string {
  const { method, path, apiVersion, body } = requestOf(manifest, scope)
  return [`${method} ${path} (${apiVersion})`, body === undefined ? '' : JSON.stringify(body)].filter(Boolean).join(' ')
}
