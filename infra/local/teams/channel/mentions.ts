import type { Directory } from '../directory.js'
import type { Json } from '../model.js'

/** Text as Teams sends it to a bot. */
export interface MarkedText {
  /** Markup with `<at>` around names; `&`, `<` and `>` are escaped, and a no-break space follows the first mention. */
  text: string
  /** The same as the HTML attachment that goes with every message. */
  html: string
  /** `mention` entities in the order of the text. */
  entities: Json[]
  /** The bot is among the mentioned. */
  bot: boolean
}

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/**
 * Turns typed text into what Teams sends: `@Name` becomes a mention where it is the bot's name, a person's full name,
 * or their short id; the longest name wins, and an `@` inside a word (a mail address) is none.
 */
export function markMentions(typed: string, directory: Directory): MarkedText {
  const known = [
    { said: directory.bot.name, id: directory.bot.id, name: directory.bot.name },
    ...directory.accounts.flatMap(({ id, name, mri }) => [
      { said: name, id: mri, name },
      { said: id, id: mri, name },
    ]),
  ].sort((a, b) => b.said.length - a.said.length)
  const entities: Json[] = []
  let text = ''
  let html = ''
  let at = 0
  while (at < typed.length) {
    const mention = isStart(typed, at) ? known.find(({ said }) => says(typed, at + 1, said)) : undefined
    if (!mention) {
      const next = escape(typed[at] as string)
      text += next
      html += next === '\n' ? '<br>' : next
      at++
      continue
    }
    at += 1 + mention.said.length
    const gap = entities.length === 0 && typed[at] === ' ' ? '&nbsp;' : ''
    if (gap) at++
    const name = escape(mention.name)
    text += `<at>${name}</at>${gap}`
    html += `<span itemtype="http://schema.skype.com/Mention" itemscope="" itemid="${entities.length}">${name}</span>${gap}`
    entities.push({ type: 'mention', mentioned: { id: mention.id, name: mention.name }, text: `<at>${name}</at>` })
  }
  const bot = entities.some((entity) => (entity['mentioned'] as Json)['id'] === directory.bot.id)
  return { text, html: `<p>${html}</p>`, entities, bot }
}

const isStart = (typed: string, at: number) =>
  typed[at] === '@' && (at === 0 || /[^\w.@]/.test(typed[at - 1] as string))

function says(typed: string, from: number, name: string): boolean {
  const end = from + name.length
  return typed.slice(from, end).toLowerCase() === name.toLowerCase() && !/[\w]/.test(typed[end] ?? ' ')
}
