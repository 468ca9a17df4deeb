import { setTimeout as pause } from 'node:timers/promises'
import { cardButtons, cardWords, type CardElement } from './read-card.js'

/** A message of the local Teams service, as one person sees it. */
export interface SeenMessage {
  id: string
  replyTo: string | null
  answers: string | null
  from: { id: string; name: string; bot: boolean }
  text: string
  summary: string | null
  card: CardElement | null
  at: string
  editedAt: string | null
  targeted: boolean
}

/** What a press of a button came to. */
export interface Pressed {
  card?: CardElement
  message?: string
  error?: { code: string; message: string }
}

/** An answer of Nexus, read as a person reads it. */
export interface Answer {
  message: SeenMessage
  /** Text, notification and every word of the card, a line each. */
  words: string
  /** Titles of the buttons that the card shows. */
  buttons: string[]
}

/** The local Teams service, as people use it. */
export interface LocalTeams {
  /** Address of the page. */
  page: string
  /**
   * Says something and waits for the first answer to it.
   * @param replyTo the first message of the thread it is said in, or in a chat the message it answers
   * @throws where none comes
   */
  ask(as: string, where: string, text: string, replyTo?: string): Promise<Answer>
  /** Says something and waits for nothing. */
  say(as: string, where: string, text: string, replyTo?: string): Promise<{ id: string }>
  /** Presses a button of a message by its title. */
  click(as: string, message: string, action: string, inputs?: Record<string, string>): Promise<Pressed>
  messages(where: string, as: string): Promise<SeenMessage[]>
  /** Anything else of `/local/*`. @throws with what the service said, where it refuses */
  call<T>(path: string, body?: unknown, method?: string): Promise<T>
}

/** Milliseconds an answer may take on a busy machine. */
const patience = 12_000
/** Milliseconds after which what answers nothing is taken for the answer. */
const unanswered = 1_500

/** A client of `/local/*`. */
export function localTeams(page: string): LocalTeams {
  async function call<T>(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<T> {
    const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const answer = await fetch(page + path, { method, ...(body !== undefined && json) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`)
    return JSON.parse(text) as T
  }
  const messages = (where: string, as: string) =>
    call<SeenMessage[]>(`/local/messages?where=${encodeURIComponent(where)}&as=${encodeURIComponent(as)}`)
  const say = (as: string, where: string, text: string, replyTo?: string) =>
    call<{ id: string }>('/local/say', { as, where, text, ...(replyTo && { replyTo }) })

  return {
    page,
    call,
    messages,
    say,
    async ask(as, where, text, replyTo) {
      const seen = new Set((await messages(where, as)).map(({ id }) => id))
      const { id } = await say(as, where, text, replyTo)
      const begun = performance.now()
      for (; performance.now() < begun + patience; await pause(40)) {
        const fresh = (await messages(where, as)).filter((message) => message.from.bot && !seen.has(message.id))
        const own = fresh.find(({ answers }) => answers === id)
        // A proposal is a message of its own. In a channel it stands in the question's thread; in a chat it may be news of something else as well.
        const isLate = performance.now() > begun + unanswered
        const proposed = fresh.find((of) => of.answers === null && (of.replyTo === (replyTo ?? id) || isLate))
        if (own ?? proposed) return readAnswer((own ?? proposed)!)
      }
      throw new Error(`Nexus did not answer ${as} in ${where} within ${patience / 1000} s: ${text.slice(0, 80)}`)
    },
    click: (as, message, action, inputs = {}) => call<Pressed>('/local/click', { as, message, action, inputs }),
  }
}

/** A message as an answer. */
export const readAnswer = (message: SeenMessage): Answer => ({
  message,
  words: [...new Set([message.text, message.summary]), ...cardWords(message.card)].filter(Boolean).join('\n'),
  buttons: cardButtons(message.card),
})

/** What a press brought, as an answer to the message it was pressed on. */
export const readPressed = (pressed: Pressed): Pick<Answer, 'words' | 'buttons'> => ({
  words: [pressed.message, pressed.error?.message, ...cardWords(pressed.card)].filter(Boolean).join('\n'),
  buttons: cardButtons(pressed.card),
})
