import type { Row } from '../../cards/model.js'
import { answer } from '../kit/answer.js'
import type { ActionManifest } from '../kit/action-manifest.js'
import { typeName } from '../kit/azure-names.js'
import type { Json } from '../kit/model.js'
import type { Decision, Facts } from '../kit/plan.js'
import type { Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply, Section } from '../kit/reply.js'
import { parseExpression, rootsOf } from './expression.js'
import { planAction, type ActionArguments } from './plan-action.js'
import { fill, parseTemplate } from './template.js'

/** Explains an action; with a target it shows what it would find there now. Nothing is changed. */
export async function showAction(
  manifest: ActionManifest,
  args: Partial<ActionArguments>,
  turn: Pick<Turn<'catalog' | 'cloud'>, 'catalog' | 'cloud'>,
): Promise<Reply> {
  const { id, summary, category, target, undo } = manifest
  const preview = args.target && (await previewOf(manifest, args as ActionArguments, turn))
  const card: CardBody = {
    state: 'accent',
    topic: 'Action',
    title: preview?.title ?? summary,
    sentence: preview?.consequence ?? 'It is planned first and runs when somebody who may approves it.',
    facts: [
      ...(preview
        ? []
        : [
            { label: 'Works on', value: typeName(target.type) },
            { label: 'Category', value: category },
          ]),
      { label: 'Risk', value: preview?.risk ?? sayRisk(manifest.risk) },
      { label: 'Undo', value: 'impossible' in undo ? undo.impossible : 'by a change with an approval of its own' },
    ],
    sections: [...(preview ? previewSections(preview) : []), requestSection(manifest)],
  }
  const asks: Button[] = preview
    ? [{ title: preview.title, intent: { command: `action.${id}`, args: { target: preview.target } } }]
    : []
  return answer(card, { id, buttons: asks })
}

interface Preview {
  title: string
  consequence: string
  risk: string
  target: Json
  before: Facts
  guards: Decision[]
}

/** The plan without parameters: what hangs on them is left out. */
async function previewOf(
  manifest: ActionManifest,
  args: ActionArguments,
  turn: Pick<Turn<'catalog' | 'cloud'>, 'catalog' | 'cloud'>,
): Promise<Preview> {
  const free = manifest.guards.filter(({ holds, yes, no }) => isFree(manifest, rootsIn(holds, yes, no)))
  const unasked: ActionManifest = {
    ...manifest,
    guards: free,
    after: {},
    request: { ...manifest.request, path: '{target.id}' },
  }
  const { title, consequence, risk, target, before, guards } = await planAction(unasked, args, turn)
  const told = (template: string, full: string, otherwise: string) =>
    isFree(manifest, rootsIn('true', template)) ? full : otherwise
  return {
    title: told(manifest.title, title, manifest.summary),
    consequence: told(manifest.consequence, consequence, 'What it does hangs on what you ask for.'),
    risk,
    target: { ...target },
    before,
    guards,
  }
}

const rootsIn = (expression: string, ...templates: string[]): string[] => [
  ...rootsOf(parseExpression(expression)),
  ...templates.flatMap((text) =>
    parseTemplate(text).flatMap((part) => (typeof part === 'string' ? [] : rootsOf(part))),
  ),
]

const isFree = ({ parameters }: ActionManifest, roots: readonly string[]): boolean =>
  !roots.some((root) => Object.hasOwn(parameters, root))

function previewSections({ before, guards }: Preview): Section[] {
  const facts = Object.entries(before).map(([label, value]) => ({ label, value: String(value) }))
  const rows = guards.map(({ allowed, warns, reason }): Row<Button> => ({
    icon: warns ? 'careful' : allowed ? 'done' : 'failed',
    title: reason,
  }))
  return [
    ...(facts.length ? [{ kind: 'facts', title: 'Now', facts } satisfies Section] : []),
    ...(rows.length ? [{ kind: 'rows', title: 'Guards', rows } satisfies Section] : []),
  ]
}

/** What will be sent, as the manifest has it. */
function requestSection({ request, parameters }: ActionManifest): Section {
  const places = Object.fromEntries(Object.entries(parameters).map(([name, { label }]) => [name, `(${label})`]))
  const path = fill(parseTemplate(request.path), { target: { id: '…', subscription: '…' }, ...places })
  return { kind: 'text', title: 'Request', fold: 'closed', text: `${request.method} ${path} (${request.apiVersion})` }
}

const sayRisk = (risk: ActionManifest['risk']): string =>
  typeof risk === 'string'
    ? risk
    : Object.entries(risk)
        .sort(([a], [b]) => Number(a === 'otherwise') - Number(b === 'otherwise'))
        .map(([environment, one]) => (environment === 'otherwise' ? `${one} elsewhere` : `${one} in ${environment}`))
        .join(', ')
