import type { Row } from '../../cards/model.js'
import { regionName, typeName } from '../../skills/kit/azure-names.js'
import type { Entity } from '../../skills/kit/model.js'
import type { Catalog } from '../../skills/kit/ports.js'
import type { Button } from '../../skills/kit/reply.js'
import type { Understanding } from '../language/understanding.js'
import { insteadRows } from './offer-instead.js'
import type { Outcome } from './outcome.js'
import { tellApart } from './tell-apart.js'

/** How the hub says its questions back; when one is asked is decided in `language/ask-back.ts`. */

type Of<O extends Understanding['outcome']> = Extract<Understanding, { outcome: O }>

/** Most candidates that are offered as buttons. */
const mostOptions = 6

/** Asks which of several things was meant, a button each. */
export async function askWhich(
  { intent, argument, options }: Of<'choose'>,
  catalog: Pick<Catalog, 'get'>,
): Promise<Outcome> {
  const found = await Promise.all(options.slice(0, mostOptions).map(({ ref }) => catalog.get(ref)))
  const entities = found.filter((entity) => entity !== undefined)
  const titles = tellApart(entities)
  const isOne = options.length === 1
  const sentence = isOne
    ? 'Press it if that is meant.'
    : `${options.length} things may be meant: press one, or say its name in full.`
  /** One of them to tap: the intent with it in place of the ambiguous name. */
  const optionRow = (entity: Entity, title: string): Row<Button> => {
    const { kind, id } = entity
    const chosen = { ...intent, args: { ...intent.args, [argument]: { kind, id } } }
    return { title: [{ strong: title }], detail: describe(entity), select: { title, intent: chosen } }
  }
  return {
    outcome: 'ask',
    command: intent.command,
    args: intent.args,
    reply: {
      text: isOne ? `Do you mean “${titles.join()}”?` : `Which one do you mean: ${titles.join(', ')}?`,
      card: {
        state: 'accent',
        icon: 'unknown',
        topic: 'Question',
        title: isOne ? 'Do you mean this one?' : 'Which one do you mean?',
        sentence,
        sections: [{ kind: 'rows', rows: entities.map((entity, index) => optionRow(entity, titles[index]!)) }],
      },
    },
  }
}

/** What tells an entity from its namesakes, in a few words. */
function describe({ kind, props }: Entity): string {
  const { type, region, environment, summary } = props
  const what = kind === 'Resource' && typeof type === 'string' ? typeName(type) : kind
  const where = typeof region === 'string' ? regionName(region) : undefined
  return [what, where, environment, summary].filter((fact) => typeof fact === 'string').join(' · ')
}

/**
 * Asks whether something is meant that was not said in so many words: one press, or "yes"; below it what may have been meant instead.
 * @param offers whether the asker may use a command
 */
export function askWhether({ intent, title, instead }: Of<'confirm'>, offers: (command: string) => boolean): Outcome {
  const sections = insteadRows(instead, offers)
  const sentence = 'You said it in words that I do not know for sure, so I ask first. Nothing is done yet.'
  return {
    outcome: 'ask',
    command: intent.command,
    args: intent.args,
    reply: {
      text: `Do you mean “${title}”? ${sentence}`,
      card: {
        ...{ state: 'emphasis', icon: 'unknown', topic: 'Question', title: `${title}?`, sentence },
        ...(sections.length && { sections }),
      },
      buttons: [{ title: 'Yes, that', intent }],
    },
  }
}
