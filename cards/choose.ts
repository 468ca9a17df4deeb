import type { Icon } from './icons.js'
import type { Button, CardData, State, Text } from './model.js'
import { english, type Words } from './words.js'

/** One of several things that could be meant: its name, the facts in which it differs from the others, the stored intent's id. */
export type Option = { title: string; differs: Text; id: string; icon?: Icon; state?: State }

/** Asks which of several things is meant. Each is a row to tap, with what tells it from the others. */
export function choose(question: string, options: readonly Option[], words: Words = english): CardData {
  const rows = options.map(({ title, differs, id, icon, state }) => {
    const select = { kind: 'execute', title, id } as const
    return { title: [{ strong: title }], detail: differs, icon, state, select }
  })
  return {
    state: 'accent',
    icon: 'unknown',
    topic: words.whichOne,
    title: question,
    sections: [{ kind: 'rows', rows }],
  }
}

/** For words that no command reads: the nearest commands as buttons, the nearest first. `asked` is shown as it was typed. */
export function suggest(asked: string, nearest: readonly Button[], words: Words = english): CardData {
  const shown = asked.length > 80 ? `${asked.slice(0, 79)}…` : asked
  return {
    state: 'emphasis',
    icon: 'unknown',
    topic: words.help,
    title: words.notUnderstood,
    sentence: words.noCommand(shown),
    buttons: [...nearest],
  }
}
